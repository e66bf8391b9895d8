package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.viking.kube.annotations.FailureAnnotations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * {@code eci-max-pending-minute}: how long a pod may be Pending in its zone, from its binding on.
 * Then what there is of its instance is removed, and the pod has failed.
 */
final class PendingLimit {
  static final String REASON = "PendingTooLong";

  private PendingLimit() {}

  /** When it ends; empty if the pod has none, or has run. */
  static Optional<Instant> of(PodMachine machine) {
    PodFacts facts = machine.facts();
    // Once it is being stopped for it, that a container has still started does not save it.
    boolean started = facts.cloud().ran() && !(machine.state() instanceof PodState.Stopping);
    return facts.goal() == Goal.RUN && !started
        ? facts
            .pod()
            .filter(pod -> !PodObject.hasRun(pod))
            .flatMap(pod -> minutes(pod).flatMap(limit -> bound(pod).map(at -> at.plus(limit))))
        : Optional.empty();
  }

  static boolean hasPassed(PodMachine machine, Moment moment) {
    return of(machine).filter(moment::reached).isPresent();
  }

  static String message(PodFacts facts) {
    return "The pod was Pending for longer than the %d minutes of its annotation %s"
        .formatted(
            facts.pod().flatMap(PendingLimit::minutes).orElse(Duration.ZERO).toMinutes(),
            FailureAnnotations.MAX_PENDING_MINUTES.key());
  }

  private static Optional<Duration> minutes(V1Pod pod) {
    return FailureAnnotations.MAX_PENDING_MINUTES
        .valueIn(PodObject.annotations(pod))
        .map(Duration::ofMinutes);
  }

  private static Optional<Instant> bound(V1Pod pod) {
    var status = pod.getStatus();
    List<V1PodCondition> conditions = status == null ? null : status.getConditions();
    if (conditions != null) {
      for (V1PodCondition condition : conditions) {
        OffsetDateTime since = condition.getLastTransitionTime();
        if ("PodScheduled".equals(condition.getType()) && since != null) {
          return Optional.of(since.toInstant());
        }
      }
    }
    return PodObject.created(pod);
  }
}
