package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.annotations.SpotAnnotations;
import io.viking.syncer.pods.status.SpotReclaim;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a pod is to be evicted since the cloud takes its instance back: if it asks for that
 * ({@code eci-spot-release-strategy: api-evict}), runs, and there is still time. Through the
 * Eviction API, so that disruption budgets hold; while they hold it back, it is asked for again.
 * When the time is up the instance ends, and its pod fails.
 */
final class SpotEviction {
  private SpotEviction() {}

  static boolean isDue(PodFacts facts, Moment moment) {
    return facts.goal() == Goal.RUN
        && deadline(facts).filter(at -> !moment.reached(at)).isPresent()
        && facts.pod().filter(SpotEviction::asksForIt).isPresent();
  }

  /** One that never ran is made anew elsewhere, and needs no eviction. */
  private static Optional<Instant> deadline(PodFacts facts) {
    return facts.cloud().instance().filter(CloudSide::hasRun).flatMap(SpotReclaim::announced);
  }

  private static boolean asksForIt(V1Pod pod) {
    return SpotAnnotations.RELEASE_STRATEGY.valueIn(PodObject.annotations(pod)).isPresent();
  }
}
