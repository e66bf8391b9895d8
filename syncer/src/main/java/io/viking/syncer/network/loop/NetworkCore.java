package io.viking.syncer.network.loop;

import com.google.common.collect.Sets;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.kube.loop.LoopCore;
import io.viking.kube.loop.Step;
import io.viking.syncer.network.ingress.Ingress;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.lb.Plan;
import io.viking.syncer.network.lb.ServiceBalancer;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.StatusIngress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps load balancers and DNS records of the cloud as Services, EndpointSlices, Ingresses and TLS
 * Secrets want them.
 *
 * <p>Level-triggered: a change of an object makes what depends on it due, and when it is its turn
 * it is compared with what the cloud is known to have. What the cloud is known to have comes from a
 * list and from the answers to our own calls; a call without an answer leaves doubt, and what is in
 * doubt is said again. Nothing is done before both sides have been listed.
 */
public final class NetworkCore implements LoopCore<NetworkEvent, NetworkEffect> {
  private static final Set<Kind> NEEDED =
      Sets.immutableEnumSet(
          Kind.SERVICE, Kind.SLICE, Kind.INGRESS, Kind.INGRESS_CLASS, Kind.SECRET);

  private final NetworkConfig config;
  private final NetworkLimits limits;
  private final NetworkObserver observer;
  private final Outbox outbox = new Outbox();
  private final World world = new World();
  private final Tellings tellings = new Tellings(world, outbox);
  private final Roster roster;
  private final Balancers balancers;
  private final BalancerAnswers answers;
  private final BalancerCensus census;
  private final RecordBooks records;
  private final ObjectWrites writes;
  private final Orphans orphans;
  private final Set<Kind> synced = EnumSet.noneOf(Kind.class);
  private boolean balancersKnown;
  private Optional<Long> listing = Optional.empty();
  private Instant listFrom = Instant.MIN;
  private int listFailures;
  private boolean isResyncArmed;
  private Optional<Instant> withoutAlbConfigs = Optional.empty();

  public NetworkCore(NetworkConfig config, NetworkLimits limits, NetworkObserver observer) {
    this.config = config;
    this.limits = limits;
    this.observer = observer;
    this.roster = new Roster(outbox, config);
    this.answers = new BalancerAnswers(outbox, config, observer, roster, this::balancerChanged);
    this.census = new BalancerCensus(world, outbox, roster, this::balancerChanged);
    this.balancers =
        new Balancers(
            world, outbox, config, limits, observer, roster, answers, this::balancerChanged);
    this.records =
        new RecordBooks(
            new RecordWishes(world, config.zones(), this::balancedAt),
            outbox,
            config,
            limits,
            observer,
            tellings::add);
    this.writes = new ObjectWrites(world, roster, outbox, config);
    this.orphans = new Orphans(world, roster, census, records, outbox, config);
  }

  @Override
  public Step<NetworkEvent, NetworkEffect> step(List<NetworkEvent> events, Instant now) {
    outbox.begin(now);
    events.forEach(this::hear);
    boolean worldKnown = worldKnown();
    if (worldKnown) {
      act();
    }
    observer.counted(
        new NetworkCounts(
            worldKnown && isCloudKnown(),
            roster.all().size(),
            records.size(),
            roster.pending() + records.pending(),
            orphans.held()));
    return outbox.end();
  }

  private void act() {
    if (!isResyncArmed) {
      isResyncArmed = true;
      outbox.timer(config.resync(), new NetworkEvent.Resync());
    }
    if (limits.balancers()) {
      if (balancersKnown) {
        balancers.act();
      } else {
        list();
      }
    }
    if (limits.records()) {
      records.act();
    }
    if (isCloudKnown()) {
      orphans.act();
    }
    if (limits.balancers()) {
      writes.act(balancersKnown);
    }
    tellings.flush();
  }

  private boolean worldKnown() {
    return synced.containsAll(NEEDED) && albConfigsKnown();
  }

  /**
   * The resource AlbConfig may be absent, and then nothing is ever heard of it: after a while that
   * is taken for an answer. Not before: an Ingress would get a load balancer of its own for the
   * moment until the AlbConfig is heard of that names one.
   */
  private boolean albConfigsKnown() {
    if (synced.contains(Kind.ALB_CONFIG)) {
      return true;
    }
    Instant deadline = withoutAlbConfigs.orElseGet(() -> outbox.now().plus(config.albConfigs()));
    withoutAlbConfigs = Optional.of(deadline);
    if (deadline.isAfter(outbox.now())) {
      outbox.wakeAt(deadline);
      return false;
    }
    return true;
  }

  private boolean isCloudKnown() {
    return (balancersKnown || !limits.balancers()) && (records.isKnown() || !limits.records());
  }

  private void list() {
    if (listing.isPresent()) {
      return;
    }
    if (listFrom.isAfter(outbox.now())) {
      outbox.wakeAt(listFrom);
      return;
    }
    long call = outbox.nextCall();
    listing = Optional.of(call);
    outbox.add(new NetworkEffect.ListBalancers(call));
  }

  private void hear(NetworkEvent event) {
    switch (event) {
      case NetworkEvent.ServiceSeen(Service service) -> seen(service);
      case NetworkEvent.ServiceGone(NamespacedName name, boolean witnessed) ->
          serviceGone(name, witnessed);
      case NetworkEvent.SliceSeen(var slice) -> world.put(slice).forEach(this::endpointsChanged);
      case NetworkEvent.SliceGone(NamespacedName name) ->
          world.removeSlice(name).ifPresent(this::endpointsChanged);
      case NetworkEvent.IngressSeen(Ingress ingress) -> seen(ingress);
      case NetworkEvent.IngressGone(NamespacedName name, boolean witnessed) -> {
        world.removeIngress(name);
        assign(Owner.ingress(name), witnessed);
      }
      case NetworkEvent.ClassSeen(var ingressClass) -> {
        world.put(ingressClass);
        assignIngresses();
      }
      case NetworkEvent.ClassGone(String name) -> {
        world.removeClass(name);
        assignIngresses();
      }
      case NetworkEvent.AlbConfigSeen(var albConfig) -> {
        world.put(albConfig);
        assignIngresses();
        balancers.retryRefused();
      }
      case NetworkEvent.AlbConfigGone(String name) -> {
        world.removeAlbConfig(name);
        assignIngresses();
        balancers.retryRefused();
      }
      case NetworkEvent.SecretSeen(var secret) -> {
        world.put(secret);
        balancers.secretChanged(secret.name());
      }
      case NetworkEvent.SecretGone(NamespacedName name) -> {
        world.removeSecret(name, balancers.readsSecret(name));
        balancers.secretChanged(name);
      }
      case NetworkEvent.Synced(Kind kind) -> synced.add(kind);
      case NetworkEvent.BalancersListed(long call, List<LoadBalancer> all) -> listed(call, all);
      case NetworkEvent.RecordsListed(long call, var all) -> records.listed(call, all);
      case NetworkEvent.Ensured(long call, LoadBalancer balancer) ->
          answers.ensured(call, balancer);
      case NetworkEvent.ChangesAnswered(long call, var failures) -> {
        if (!answers.updated(call, failures)) {
          records.answered(call, failures);
        }
      }
      case NetworkEvent.BalancerDeleted(long call) -> answers.deleted(call);
      case NetworkEvent.CallFailed(long call, CloudFailure failure) -> failed(call, failure);
      case NetworkEvent.Written written -> writes.answered(written);
      case NetworkEvent.LookedUp lookedUp -> orphans.lookedUp(lookedUp);
      case NetworkEvent.LookUpFailed(long call) -> orphans.failed(call);
      case NetworkEvent.OrphansApproved() -> orphans.approveAll();
      case NetworkEvent.Wake() -> {}
      case NetworkEvent.Resync() -> {
        isResyncArmed = false;
        if (limits.balancers() && worldKnown()) {
          list();
        }
        if (limits.records() && worldKnown()) {
          records.resync();
        }
      }
    }
  }

  private void seen(Service service) {
    world.put(service);
    assign(Owner.service(service.name()), true);
    balancers.serviceChanged(service.name());
    recordsChanged(service.name(), false);
  }

  private void serviceGone(NamespacedName name, boolean witnessed) {
    world.removeService(name);
    assign(Owner.service(name), witnessed);
    balancers.serviceChanged(name);
    recordsChanged(name, false);
    if (!witnessed) {
      records.suspect(name);
    }
  }

  private void seen(Ingress ingress) {
    world.put(ingress);
    assign(Owner.ingress(ingress.name()), true);
  }

  private void assignIngresses() {
    List.copyOf(world.ingresses()).forEach(name -> assign(Owner.ingress(name), true));
  }

  private void recordsChanged(NamespacedName service, boolean byEndpoints) {
    if (limits.records()) {
      records.changed(service, byEndpoints);
    }
  }

  private void assign(Owner owner, boolean witnessed) {
    if (!limits.balancers()) {
      return;
    }
    for (LoadBalancerRef ref : world.assign(owner)) {
      balancers.replan(ref);
      if (!witnessed) {
        census.suspect(ref);
      }
    }
    writes.changed(owner);
  }

  private void endpointsChanged(NamespacedName service) {
    observer.endpointsChanged();
    balancers.endpointsChanged(service);
    recordsChanged(service, true);
  }

  private void listed(long call, List<LoadBalancer> all) {
    if (listing.equals(Optional.of(call))) {
      listing = Optional.empty();
      listFailures = 0;
      balancersKnown = true;
      census.listed(all, call);
      writes.cloudChanged();
    }
  }

  private void failed(long call, CloudFailure failure) {
    if (listing.equals(Optional.of(call))) {
      listing = Optional.empty();
      listFrom =
          outbox.now().plus(new Pauses(config).after(failure, listFailures++, "load balancers"));
      outbox.wakeAt(listFrom);
    } else if (!answers.failed(call, failure)) {
      records.failed(call, failure);
    }
  }

  /** A load balancer is planned anew, was answered, is in trouble or out of it, or gone. */
  private void balancerChanged(Balancer balancer) {
    Set<Owner> owners = new LinkedHashSet<>(world.wanting(balancer.ref()));
    balancer.plan().map(Plan::owners).ifPresent(owners::addAll);
    owners.addAll(balancer.told.stream().map(Notice::owner).toList());
    for (Owner owner : owners) {
      writes.changed(owner);
      if (owner.kind() == Owner.Kind.SERVICE) {
        recordsChanged(owner.name(), false);
      }
    }
    writes.cloudChanged();
    tellings.changed(balancer);
  }

  /** Where a Service's load balancer is reached; empty: it has none. */
  private Optional<List<StatusIngress>> balancedAt(Service service) {
    if (service.type() == Service.Type.LOAD_BALANCER) {
      return Optional.of(service.balancedAt());
    }
    return ServiceBalancer.wanted(service)
        .map(
            ref ->
                roster
                    .get(ref)
                    .flatMap(Balancer::answer)
                    .map(answer -> BalancerStatus.ingress(answer, List.of()))
                    .orElse(List.of()));
  }
}
