package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * {@code spec.activeDeadlineSeconds}: how long a pod may be active, from its status's startTime on.
 *
 * <p>As on a node ({@code pkg/kubelet/active_deadline.go} of Kubernetes 1.36): its containers are
 * stopped with their grace first, and then the pod has failed. The field may be set or shortened on
 * a pod that runs.
 */
final class ActiveDeadline {
  static final String REASON = "DeadlineExceeded";
  static final String MESSAGE = "Pod was active on the node longer than the specified deadline";

  private ActiveDeadline() {}

  /** When it ends; empty if the pod has none, or is not active yet. */
  static Optional<Instant> of(PodFacts facts) {
    return facts.goal() == Goal.RUN ? facts.pod().flatMap(pod -> of(pod, facts)) : Optional.empty();
  }

  static boolean hasPassed(PodFacts facts, Moment moment) {
    return of(facts).filter(moment::reached).isPresent();
  }

  private static Optional<Instant> of(V1Pod pod, PodFacts facts) {
    var spec = pod.getSpec();
    Long seconds = spec == null ? null : spec.getActiveDeadlineSeconds();
    return seconds == null
        ? Optional.empty()
        : started(pod)
            // What the status will say, once it says anything: it has whole seconds.
            .or(
                () ->
                    facts
                        .cloud()
                        .instance()
                        .flatMap(Instants::createdAt)
                        .map(created -> created.truncatedTo(ChronoUnit.SECONDS)))
            .map(start -> start.plusSeconds(seconds));
  }

  private static Optional<Instant> started(V1Pod pod) {
    var status = pod.getStatus();
    return Optional.ofNullable(status == null ? null : status.getStartTime())
        .map(OffsetDateTime::toInstant);
  }
}
