package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.LoadBalancerState;
import io.viking.cloud.v1.Rule;
import io.viking.syncer.network.lb.Group;
import io.viking.syncer.network.lb.GroupNames;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.lb.Plan;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Slice;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One load balancer: what it should be, what the cloud has of it as far as is known, and what is
 * the next thing to do about the difference. It makes no call itself.
 *
 * <p>The order is that nothing in use disappears before its replacement serves: backends of server
 * groups that are new come first, then listeners and rules, then everything else. While the cloud
 * does not take the listeners and rules, what it has goes on following the pods.
 */
final class Balancer {
  /** What is to be done next. */
  sealed interface Action {
    record Ensure(LoadBalancerSpec spec) implements Action {}

    record Update(List<BackendChange> changes) implements Action {}

    record Delete() implements Action {}

    /** Its spec is not to be sent yet, and what follows the pods does. */
    record Later() implements Action {}

    /** Nobody wants it, and the cloud does not have it. */
    record Forget() implements Action {}

    record Nothing() implements Action {}
  }

  private final LoadBalancerRef ref;
  private Optional<Plan> plan = Optional.empty();
  private final ServerGroups groups = new ServerGroups();
  private Optional<LoadBalancerSpec> inForce = Optional.empty();
  private Optional<LoadBalancer> answer = Optional.empty();
  private boolean isThere;

  /** Owners of whom the cloud may have something. */
  private final Holdings holdings;

  private final Aside aside;

  private boolean canPrefill = true;

  // Before a spec was sent.
  private Set<Owner> heldBefore = Set.of();
  private boolean wasThere;
  private String sentTag = "";

  // What belongs to the calls, kept by Balancers and BalancerAnswers.
  boolean planIsStale = true;
  boolean isBusy;
  boolean wasWanted;
  boolean mayGo;
  long lastCall;
  int failures;
  int refusals;
  int looks;
  Instant notBefore = Instant.MIN;

  /** Its spec is not sent before: it was refused, or the cloud is still at the last one. */
  Instant ensureFrom = Instant.MIN;

  Instant nextFull = Instant.MIN;
  Instant nextPartial = Instant.MIN;
  Instant addsFrom = Instant.MIN;
  Optional<Instant> changedAt = Optional.empty();
  Optional<CloudFailure> trouble = Optional.empty();
  Set<Notice> told = Set.of();

  Balancer(LoadBalancerRef ref, Holdings holdings, NetworkConfig config) {
    this.ref = ref;
    this.holdings = holdings;
    this.aside = new Aside(config);
  }

  LoadBalancerRef ref() {
    return ref;
  }

  Optional<Plan> plan() {
    return plan;
  }

  Optional<LoadBalancer> answer() {
    return answer;
  }

  boolean isThere() {
    return isThere;
  }

  /** Whether what the cloud has is what it should be, but for backends. */
  boolean isInForce() {
    return plan.isPresent() && inForce.equals(plan.map(Plan::spec));
  }

  /** Whether what one of those who want it asks for is in force. */
  boolean serves(Owner owner) {
    return isInForce() && plan.get().owners().contains(owner) && !aside.has(owner);
  }

  /** What the owner has to know: what is wrong with what it asks for, or with the whole. */
  Optional<CloudFailure> trouble(Owner owner) {
    return aside.failure(owner).or(() -> trouble);
  }

  /** What of a wish that counts is not served. */
  Optional<Notice> unserved(Owner owner) {
    return plan.stream()
        .flatMap(one -> one.notices().stream())
        .filter(notice -> notice.isUnserved() && notice.owner().equals(owner))
        .findFirst();
  }

  Aside aside() {
    return aside;
  }

  /** Those of whom the cloud may have something on it. */
  Set<Owner> holders() {
    return holdings.of(ref);
  }

  boolean holds(Owner owner) {
    return holdings.isHeld(ref, owner);
  }

  /** Whether an object is there that had it, and does not want it: then no memory was lost. */
  boolean isKnownUnwanted(World world) {
    return holders().stream().anyMatch(owner -> world.meta(owner).isPresent());
  }

  /** Names of the certificates that its listeners have in the cloud. */
  Set<String> certificates() {
    Set<String> names = new HashSet<>();
    answer.ifPresent(
        known -> known.getListenersList().forEach(one -> names.addAll(one.getCertificatesList())));
    return names;
  }

  void planned(Optional<Plan> next) {
    planIsStale = false;
    if (!next.equals(plan)) {
      plan = next;
      canPrefill = true;
      groups.unsettle(wanted());
      if (isInForce()) {
        // Who came or went has, or had, nothing of its own in it.
        holdOwners();
      }
    }
    if (isInForce()) {
      aside.chosenTaken();
    }
  }

  private Map<String, Group> wanted() {
    return plan.map(Plan::groups).orElseGet(Map::of);
  }

  ServerGroups groups() {
    return groups;
  }

  /** The pods behind a Service have changed. */
  void endpointsChanged(NamespacedName service) {
    groups.endpointsChanged(wanted(), service);
  }

  /**
   * @param slices of a Service
   * @param most changes of one call
   */
  Action next(Function<NamespacedName, Collection<Slice>> slices, int most, Instant now) {
    if (plan.isEmpty()) {
      return isThere
          ? new Action.Delete()
          : aside.isEmpty() ? new Action.Forget() : new Action.Later();
    }
    boolean addsAllowed = !now.isBefore(addsFrom);
    if (!isInForce() && ensureFrom.isAfter(now)) {
      List<BackendChange> changes = groups.follow(wanted(), slices, addsAllowed, most);
      return changes.isEmpty() ? new Action.Later() : new Action.Update(changes);
    }
    if (!isInForce()) {
      List<BackendChange> first =
          isActive() && canPrefill ? groups.prefill(wanted(), slices, most) : List.of();
      return first.isEmpty() ? new Action.Ensure(plan.get().spec()) : new Action.Update(first);
    }
    List<BackendChange> changes = groups.changes(wanted(), slices, addsAllowed, most);
    return changes.isEmpty() ? new Action.Nothing() : new Action.Update(changes);
  }

  private boolean isActive() {
    return isThere
        && answer
            .map(one -> one.getState() == LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE)
            .orElse(false);
  }

  /** Its spec is sent: until the answer, the cloud may have the one or the other. */
  void ensuring() {
    heldBefore = Set.copyOf(holders());
    wasThere = isThere;
    plan.ifPresent(one -> holdings.hold(ref, one.owners()));
    isThere = true;
    inForce = Optional.empty();
    sentTag = plan.map(one -> tag(one.spec().getTagsMap())).orElse("");
    aside.sending();
  }

  /**
   * The cloud has refused its spec, and has what it had: who is new has nothing on it.
   *
   * @return whether to go on at once, without those who are set aside
   */
  boolean refused(CloudFailure failure, Instant now) {
    holdings.release(ref);
    holdings.hold(ref, heldBefore);
    isThere = wasThere;
    return aside.refused(failure, now);
  }

  /** Its deletion is sent: until the answer, the cloud may have it or not. */
  void deleting() {
    inForce = Optional.empty();
  }

  /** The cloud's answer to a spec. */
  void ensured(LoadBalancerSpec spec, LoadBalancer balancer) {
    boolean isAnother =
        answer.map(one -> !one.getCloudId().equals(balancer.getCloudId())).orElse(false);
    if (isAnother) {
      groups.forget();
      groups.unsettle(wanted());
    }
    answer = Optional.of(balancer);
    isThere = true;
    if (balancer.getState() == LoadBalancerState.LOAD_BALANCER_STATE_CONFIGURING) {
      return;
    }
    inForce = Optional.of(spec);
    aside.sentTaken();
    canPrefill = true;
    holdOwners();
    groups.retain(wanted());
  }

  private void holdOwners() {
    holdings.release(ref);
    plan.ifPresent(one -> holdings.hold(ref, one.owners()));
  }

  /** Server groups cannot be filled before they are named. */
  void cannotPrefill() {
    canPrefill = false;
  }

  /** The cloud does not have it (any more). */
  void gone() {
    isThere = false;
    inForce = Optional.empty();
    answer = Optional.empty();
    holdings.release(ref);
    aside.found(Set.of());
    groups.forget();
    groups.unsettle(wanted());
  }

  /** As a list has it, which nothing overtook. */
  void listed(LoadBalancer balancer) {
    boolean isAsAnswered =
        answer
            .map(
                one ->
                    one.getCloudId().equals(balancer.getCloudId())
                        && one.getState() == balancer.getState()
                        && one.getListenersList().equals(balancer.getListenersList()))
            .orElse(false);
    if (!isAsAnswered || isOfAnotherSpec(balancer)) {
      inForce = Optional.empty();
      answer = Optional.of(balancer);
      if (!sentTag.isEmpty() && tag(balancer.getTagsMap()).equals(sentTag)) {
        aside.sentTaken();
      }
      Set<Owner> owners = owners(balancer);
      holdings.hold(ref, owners);
      aside.found(owners);
    }
    isThere = true;
    groups.listed(balancer.getServerGroupsList());
    groups.unsettle(wanted());
  }

  /** A call that was given up may have arrived after those that followed it. */
  private boolean isOfAnotherSpec(LoadBalancer balancer) {
    return ref.hasKey()
        && inForce
            .map(spec -> !tag(balancer.getTagsMap()).equals(tag(spec.getTagsMap())))
            .orElse(false);
  }

  private static String tag(Map<String, String> tags) {
    return tags.getOrDefault(Plan.SPEC_TAG, "");
  }

  /** Whose the things are that it has: their names say it. */
  private static Set<Owner> owners(LoadBalancer balancer) {
    Set<Owner> owners = new HashSet<>();
    for (Listener listener : balancer.getListenersList()) {
      GroupNames.owner(listener.getDefaultServerGroup()).ifPresent(owners::add);
      for (Rule rule : listener.getRulesList()) {
        String[] name = rule.getName().split("/", -1);
        if (name.length > 2) {
          owners.add(Owner.ingress(new NamespacedName(name[0], name[1])));
        }
      }
    }
    return owners;
  }
}
