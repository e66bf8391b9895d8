package io.viking.adapter.sim.network.lb;

import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.limits.TokenBucket;
import io.viking.adapter.sim.network.lb.SimLoadBalancer.Owner;
import io.viking.adapter.sim.network.outcome.Nothing;
import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.adapter.sim.state.BucketState;
import io.viking.adapter.sim.state.LoadBalancerState;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The account's load balancers. Times are milliseconds of the epoch and never go back; a state that
 * takes time is a moment at which it is over, so nothing here needs to be woken.
 *
 * <p>One thread. A call costs what it changes; a list costs its length.
 */
public final class LoadBalancers {
  private final NetworkProfile.LoadBalancers may;
  private final String region;
  private final RandomGenerator random;
  private final Function<String, String> newId;
  private final TokenBucket writes;
  private final Map<String, SimLoadBalancer> byId = new TreeMap<>();
  private final Map<Owner, SimLoadBalancer> byOwner = new HashMap<>();
  private final Set<String> loopbacks = new HashSet<>();

  /**
   * @param newId gives an id that begins so
   */
  public LoadBalancers(
      NetworkProfile.LoadBalancers may,
      String region,
      RandomGenerator random,
      Function<String, String> newId,
      BucketState writes) {
    this.may = may;
    this.region = region;
    this.random = random;
    this.newId = newId;
    this.writes = TokenBucket.restore(may.writes(), writes);
  }

  public void restore(LoadBalancerState state) {
    add(SimLoadBalancer.restore(state));
  }

  public List<LoadBalancerState> save() {
    return byId.values().stream().map(SimLoadBalancer::save).toList();
  }

  public BucketState saveWrites() {
    return writes.save();
  }

  /** The answer to a declaration that changes nothing; empty: it would change something. */
  public Optional<LoadBalancer> settled(String cluster, LoadBalancerSpec spec, long now) {
    return find(cluster, spec.getRef())
        .filter(found -> refusal(cluster, spec, found).isEmpty())
        .filter(
            found ->
                Declaration.of(cluster, spec, found, may)
                        instanceof Outcome.Done<Declaration>(Declaration wanted)
                    && wanted.isOn(found))
        .map(found -> found.view(cluster, region, now));
  }

  /** See EnsureLoadBalancer; the spec was checked by itself. */
  public Outcome<LoadBalancer> ensure(String cluster, LoadBalancerSpec spec, long now) {
    Optional<SimLoadBalancer> found = find(cluster, spec.getRef());
    if (found.isEmpty() && spec.getRef().hasBroughtId()) {
      return Outcome.refused(missing(spec.getRef()));
    }
    Optional<CloudFailure> refusal =
        found.isPresent() ? refusal(cluster, spec, found.get()) : overQuota(spec.getLayer());
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    SimLoadBalancer on = found.orElseGet(() -> fresh(cluster, spec));
    return switch (Declaration.of(cluster, spec, on, may)) {
      case Outcome.Refused<Declaration>(CloudFailure failure) -> Outcome.refused(failure);
      case Outcome.Done<Declaration>(Declaration wanted) -> {
        if (found.isPresent() && wanted.isOn(on)) {
          yield Outcome.done(on.view(cluster, region, now));
        }
        Optional<CloudFailure> later = later(on, now);
        if (later.isPresent()) {
          yield Outcome.refused(later.get());
        }
        wanted.apply(on);
        add(on);
        on.configuringUntil =
            now + (found.isEmpty() ? may.provisioning() : may.configuring()).draw(random);
        yield Outcome.done(on.view(cluster, region, now));
      }
    };
  }

  /** See UpdateBackends; each change was checked by itself. */
  public Outcome<List<Optional<CloudFailure>>> change(
      String cluster, LoadBalancerRef ref, List<BackendChange> changes, long now) {
    Optional<SimLoadBalancer> found = find(cluster, ref);
    if (found.isEmpty()) {
      return Outcome.refused(missing(ref));
    }
    SimLoadBalancer on = found.get();
    if (ref.hasBroughtId() && on.owned()) {
      return Outcome.refused(foreign(on));
    }
    Part part = on.partOf(cluster).orElseGet(() -> new Part(cluster));
    if (BackendChanges.matter(part, changes)) {
      Optional<Duration> wait = writes.take(now);
      if (wait.isPresent()) {
        return Outcome.refused(Refusals.throttled("load balancer", wait.get()));
      }
      on.parts.putIfAbsent(cluster, part);
    }
    return Outcome.done(new BackendChanges(may, random).apply(on, part, changes, now));
  }

  /** See DeleteLoadBalancer. */
  public Outcome<Nothing> delete(String cluster, LoadBalancerRef ref, long now) {
    Optional<SimLoadBalancer> found =
        find(cluster, ref).filter(on -> on.partOf(cluster).isPresent());
    if (found.isEmpty()) {
      return Outcome.done(Nothing.NOTHING);
    }
    SimLoadBalancer on = found.get();
    if (ref.hasBroughtId() && on.owned()) {
      return Outcome.refused(foreign(on));
    }
    Optional<CloudFailure> later = later(on, now);
    if (later.isPresent()) {
      return Outcome.refused(later.get());
    }
    if (on.owned()) {
      remove(on);
    } else {
      on.parts.remove(cluster);
    }
    return Outcome.done(Nothing.NOTHING);
  }

  /** What a cluster has, by cloud id; the brought ones that carry something of it too. */
  public NavigableMap<String, LoadBalancer> list(String cluster, long now) {
    NavigableMap<String, LoadBalancer> views = new TreeMap<>();
    byId.values().stream()
        .filter(on -> on.partOf(cluster).isPresent())
        .forEach(on -> views.put(on.cloudId, on.view(cluster, region, now)));
    return views;
  }

  /** One of them. */
  public Optional<LoadBalancer> get(String cluster, LoadBalancerRef ref, long now) {
    return find(cluster, ref)
        .filter(on -> on.partOf(cluster).isPresent())
        .map(on -> on.view(cluster, region, now));
  }

  /** What is done by hand, behind the back of whose they are. */
  public ByHand byHand() {
    return new ByHand(byId, region, this::make, this::remove);
  }

  /** What traffic meets. */
  public Traffic traffic() {
    return new Traffic(byId, region);
  }

  /** How many there are of a layer, in the whole account. */
  public long count(Layer layer) {
    return byId.values().stream().filter(on -> on.layer() == layer).count();
  }

  private Optional<CloudFailure> refusal(
      String cluster, LoadBalancerSpec spec, SimLoadBalancer on) {
    if (spec.getRef().hasKey()) {
      return Declaration.immutable(on.shape(), spec);
    }
    if (on.owned()) {
      return Optional.of(foreign(on));
    }
    return on.layer() == spec.getLayer()
        ? Optional.empty()
        : Declaration.immutable(
            on.shape(), on.shape().toBuilder().setLayer(spec.getLayer()).build());
  }

  private Optional<CloudFailure> overQuota(Layer layer) {
    boolean seventh = layer == Layer.LAYER_7;
    long limit = seventh ? may.layer7() : may.layer4();
    return limit >= 0 && count(layer) >= limit
        ? Optional.of(Refusals.overQuota("load balancers of layer " + (seventh ? 7 : 4), limit))
        : Optional.empty();
  }

  /** Why it cannot be changed now; takes a token if it can. */
  private Optional<CloudFailure> later(SimLoadBalancer on, long now) {
    if (on.configuring(now)) {
      return Optional.of(
          CloudFailure.of(
                  ErrorReason.ERROR_REASON_BUSY,
                  "load balancer " + on.cloudId + " is still being configured")
              .retryingAfter(Duration.ofMillis(on.configuringUntil - now)));
    }
    return writes.take(now).map(wait -> Refusals.throttled("load balancer", wait));
  }

  private SimLoadBalancer fresh(String cluster, LoadBalancerSpec spec) {
    String key = spec.getRef().getKey();
    return new SimLoadBalancer(
        newId.apply(spec.getLayer() == Layer.LAYER_7 ? "alb-" : "lb-"),
        new Owner(cluster, key),
        Loopback.of(cluster + "/" + key, spec.getIntranet(), loopbacks::contains),
        LoadBalancerSpec.getDefaultInstance());
  }

  private SimLoadBalancer make(LoadBalancerSpec spec) {
    String id = newId.apply(spec.getLayer() == Layer.LAYER_7 ? "alb-" : "lb-");
    SimLoadBalancer made =
        new SimLoadBalancer(
            id, Owner.NOBODY, Loopback.of(id, spec.getIntranet(), loopbacks::contains), spec);
    add(made);
    return made;
  }

  private void add(SimLoadBalancer loadBalancer) {
    byId.put(loadBalancer.cloudId, loadBalancer);
    loopbacks.add(loadBalancer.loopback);
    if (loadBalancer.owned()) {
      byOwner.put(loadBalancer.owner, loadBalancer);
    }
  }

  private void remove(SimLoadBalancer loadBalancer) {
    byId.remove(loadBalancer.cloudId);
    loopbacks.remove(loadBalancer.loopback);
    byOwner.remove(loadBalancer.owner);
  }

  private Optional<SimLoadBalancer> find(String cluster, LoadBalancerRef ref) {
    return Optional.ofNullable(
        ref.hasBroughtId()
            ? byId.get(ref.getBroughtId())
            : byOwner.get(new Owner(cluster, ref.getKey())));
  }

  private static CloudFailure missing(LoadBalancerRef ref) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_NOT_FOUND,
        ref.hasBroughtId()
            ? "there is no load balancer " + ref.getBroughtId()
            : "there is no load balancer of key " + ref.getKey());
  }

  private static CloudFailure foreign(SimLoadBalancer on) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_FOREIGN,
        "load balancer "
            + on.cloudId
            + " was made for an object of a cluster and cannot be reused: make one by hand and name"
            + " that");
  }
}
