package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.syncer.pods.creation.StrictSpread;
import io.viking.syncer.pods.status.PodStatuses;
import java.time.Instant;
import java.util.Optional;

/**
 * What a pod's status is to say now.
 *
 * <p>Two writes take a pod to Running: the binding and one status patch. So what passes by itself
 * is not written: an instance that is being started is silent for a while, a pod that is being
 * stopped until it has stopped. Pods of a strict spread cost one write more: that the instance
 * exists.
 */
final class Reports {
  private Reports() {}

  static Optional<StatusReport> of(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    CloudSide cloud = facts.cloud();
    return switch (facts.goal()) {
      case LEAVE, ORPHAN -> Optional.empty();
      case STOP ->
          machine.state() instanceof PodState.Ending
              ? Optional.of(new StatusReport.OfEnd(cloud.last()))
              : Optional.empty();
      case FINISH -> cloud.instance().filter(CloudSide::hasEnded).map(StatusReport.OfInstance::new);
      case RUN -> ofRun(machine, moment);
    };
  }

  /** When an instance that is being started may speak; empty: now, or nothing to wait for. */
  static Optional<Instant> quietUntil(PodMachine machine, Moment moment) {
    return machine.state() instanceof PodState.Running(Instant since, _)
        ? machine
            .facts()
            .cloud()
            .instance()
            .filter(Reports::isPending)
            .map(
                instance ->
                    since.plus(
                        isUneventful(machine.facts(), instance)
                            ? moment.timings().pendingQuiet()
                            : moment.timings().pendingNotable()))
        : Optional.empty();
  }

  private static Optional<StatusReport> ofRun(PodMachine machine, Moment moment) {
    CloudSide cloud = machine.facts().cloud();
    return switch (machine.state()) {
      case PodState.Running _ ->
          quietUntil(machine, moment).filter(at -> !moment.reached(at)).isPresent()
              ? ofCreation(machine.facts())
              : cloud.instance().map(StatusReport.OfInstance::new);
      case PodState.Evicting _ -> cloud.instance().map(StatusReport.OfInstance::new);
      case PodState.Retrying retrying -> retrying.trouble().map(StatusReport.OfTrouble::new);
      case PodState.Lost _ -> Optional.of(ofLoss(cloud));
      case PodState.Ending _ ->
          Expiry.of(machine, moment)
              .map(
                  expiry ->
                      new StatusReport.OfExpiry(cloud.last(), expiry.reason(), expiry.message()));
      case PodState.Bound _,
          PodState.Resolving _,
          PodState.Creating _,
          PodState.Locating _,
          PodState.Stopping _,
          PodState.Removing _,
          PodState.Suspect _,
          PodState.Settled _,
          PodState.Gone _ ->
          Optional.empty();
    };
  }

  /** What cannot wait for the rest: other pods do. */
  private static Optional<StatusReport> ofCreation(PodFacts facts) {
    return facts
        .pod()
        .filter(StrictSpread::isAwaited)
        .map(ignored -> new StatusReport.OfCreation());
  }

  /** If it was seen to end, how; otherwise that it is lost. */
  private static StatusReport ofLoss(CloudSide cloud) {
    Optional<Instance> known = cloud.instance().or(cloud::last);
    return known
        .filter(CloudSide::hasEnded)
        .<StatusReport>map(StatusReport.OfInstance::new)
        .orElseGet(
            () ->
                new StatusReport.OfLoss(
                    "InstanceLost",
                    "the cloud no longer has the container instance of this pod"
                        + known.map(i -> " (" + i.getInstanceId() + ")").orElse("")));
  }

  private static boolean isPending(Instance instance) {
    return instance.getPhase() == InstancePhase.INSTANCE_PHASE_PENDING
        || instance.getPhase() == InstancePhase.INSTANCE_PHASE_UNSPECIFIED;
  }

  private static boolean isUneventful(PodFacts facts, Instance instance) {
    return facts.pod().filter(pod -> !PodStatuses.isUneventful(pod, instance)).isEmpty();
  }
}
