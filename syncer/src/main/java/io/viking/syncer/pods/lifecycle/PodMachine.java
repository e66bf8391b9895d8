package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.InstanceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One pod's life: {@code (machine, input, moment) → machine, events to tell}. Immutable and pure.
 *
 * <h2>Form</h2>
 *
 * An input first becomes facts (what is known) and, if it answers a call, moves the state. Then the
 * state is decided anew from facts and state alone. So the order in which inputs come does not
 * matter, and one that comes twice changes nothing.
 *
 * <p>A machine makes no calls. It says which it {@link #wants}; whoever runs it makes them as there
 * is room, each kind at most once at a time, asks for their content when they start, and gives the
 * answers back. A call that is no longer wanted is not made.
 *
 * @param facts what is known
 * @param state what is being done about it
 * @param status how far the writing of the pod's status is
 * @param lastPatch of the pod as it is known; empty if none is
 */
public record PodMachine(
    PodFacts facts, PodState state, StatusWrite status, Optional<LastPatch> lastPatch) {

  /** A machine and the events to tell about the step to it. */
  public record Transition(PodMachine next, List<Tell> tells) {}

  public static PodMachine of(PodRef ref) {
    return new PodMachine(
        PodFacts.unknown(ref), new PodState.Bound(), new StatusWrite.Quiet(), Optional.empty());
  }

  /** Takes an input. */
  public Transition on(PodInput input, Moment moment) {
    List<Tell> tells = new ArrayList<>();
    PodMachine heard = Hearing.of(this, input, moment, tells);
    PodMachine next = heard;
    if (moment.world().known()) {
      PodState decided = Decision.of(heard, moment);
      while (!decided.equals(next.state)) {
        next = next.withState(decided);
        decided = Decision.of(next, moment);
      }
    }
    Telling.ofTransition(this, next, moment, tells);
    return new Transition(next, List.copyOf(tells));
  }

  /** The calls that it wants made now. */
  public Set<Work> wants(Moment moment) {
    Set<Work> wants = EnumSet.noneOf(Work.class);
    if (!moment.world().known()) {
      return wants;
    }
    boolean mayDelete = moment.world().mayDelete();
    switch (state) {
      case PodState.Resolving _ -> wants.add(Work.RESOLVE);
      case PodState.Creating _ -> wants.add(Work.CREATE);
      case PodState.Locating locating -> addIf(wants, Work.FIND, moment, locating.notBefore());
      case PodState.Stopping stopping when mayDelete ->
          addIf(wants, Work.DELETE, moment, stopping.call().nextCall());
      case PodState.Evicting evicting -> addIf(wants, Work.EVICT, moment, evicting.notBefore());
      case PodState.Removing removing when mayDelete ->
          addIf(wants, Work.REMOVE, moment, removing.notBefore());
      case PodState.Suspect suspect when mayDelete && !suspect.confirmed() ->
          addIf(wants, Work.LOOK_UP, moment, suspect.notBefore());
      case PodState.Stopping _,
          PodState.Removing _,
          PodState.Suspect _,
          PodState.Bound _,
          PodState.Retrying _,
          PodState.Running _,
          PodState.Lost _,
          PodState.Ending _,
          PodState.Settled _,
          PodState.Gone _ -> {}
    }
    if (statusPatch(moment).isPresent()) {
      wants.add(Work.STATUS);
    }
    return wants;
  }

  /** When it wants to be stepped though nothing happened; may be in the past. */
  public Optional<Instant> wakeAt(Moment moment) {
    Optional<Instant> ofState =
        switch (state) {
          case PodState.Retrying retrying -> Optional.of(retrying.until());
          case PodState.Locating locating -> Optional.of(locating.notBefore());
          case PodState.Stopping stopping -> Optional.of(stopping.call().nextCall());
          case PodState.Removing removing -> Optional.of(removing.notBefore());
          case PodState.Suspect suspect ->
              suspect.confirmed() ? Optional.empty() : Optional.of(suspect.notBefore());
          case PodState.Running _ -> Reports.quietUntil(this, moment);
          case PodState.Evicting evicting -> Optional.of(evicting.notBefore());
          case PodState.Bound _,
              PodState.Resolving _,
              PodState.Creating _,
              PodState.Lost _,
              PodState.Ending _,
              PodState.Settled _,
              PodState.Gone _ ->
              Optional.empty();
        };
    return earlier(
        after(moment, Expiry.next(this, moment)),
        earlier(after(moment, ofState), after(moment, status.opensAt(version()))));
  }

  /**
   * The content of a create: only in state Creating, and only while the UID has an attempt left.
   */
  public Optional<InstanceSpec> createCall() {
    return state instanceof PodState.Creating creating
        ? facts.cloud().nextAttempt().map(n -> creating.spec().toBuilder().setAttempt(n).build())
        : Optional.empty();
  }

  /** How long the containers get from now, for a delete that is wanted. */
  public Duration stopGrace(Instant now) {
    return state instanceof PodState.Stopping stopping ? stopping.call().grace(now) : Duration.ZERO;
  }

  /** The status patch that is wanted: what the status has to say and does not, if it may now. */
  public Optional<String> statusPatch(Moment moment) {
    return Reports.of(this, moment)
        .filter(report -> status.allows(report, version(), moment.now()))
        .flatMap(report -> unsaid(report, moment));
  }

  /** Whether the cloud has an instance of it, as far as is known. */
  public boolean hasInstance() {
    return facts.cloud().instance().isPresent();
  }

  /** Whether the cloud has an instance of it that has not ended, as far as is known. */
  public boolean hasLivingInstance() {
    return facts.cloud().lives();
  }

  /**
   * Whether it is an instance without a pod that nobody has approved the deletion of. One that has
   * ended needs no approval: nothing that runs is lost with it.
   */
  public boolean isSuspect() {
    return state instanceof PodState.Suspect suspect
        && !suspect.approved()
        && !facts.cloud().isOver();
  }

  /** Whether it only waits for the guard. */
  public boolean isConfirmedOrphan() {
    return state instanceof PodState.Suspect suspect && suspect.confirmed();
  }

  /** Whether the pod says it, or an accepted write did. */
  boolean isSaid(StatusReport report, Moment moment) {
    return status.hasSaid(report) || unsaid(report, moment).isEmpty();
  }

  /** The pod's resource version as the cache shows it; empty if it shows none. */
  String version() {
    return facts.pod().map(PodObject::resourceVersion).orElse("");
  }

  PodMachine withState(PodState newState) {
    return newState.equals(state) ? this : new PodMachine(facts, newState, status, lastPatch);
  }

  /** With another pod object, or none. */
  PodMachine withFacts(PodFacts newFacts) {
    return new PodMachine(
        newFacts, state, status, newFacts.pod().map(pod -> new LastPatch(pod, newFacts.hostIp())));
  }

  PodMachine withCloud(CloudSide cloud) {
    return new PodMachine(facts.with(cloud), state, status, lastPatch);
  }

  PodMachine withStatus(StatusWrite newStatus) {
    return new PodMachine(facts, state, newStatus, lastPatch);
  }

  private Optional<String> unsaid(StatusReport report, Moment moment) {
    return lastPatch.flatMap(last -> last.of(report, moment.now()));
  }

  private static Optional<Instant> after(Moment moment, Optional<Instant> time) {
    return time.filter(at -> at.isAfter(moment.now()));
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    return a.isEmpty() || b.filter(at -> at.isBefore(a.get())).isPresent() ? b : a;
  }

  private static void addIf(Set<Work> wants, Work work, Moment moment, Instant notBefore) {
    if (moment.reached(notBefore)) {
      wants.add(work);
    }
  }
}
