package io.viking.syncer.pods.status;

import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import java.time.Instant;
import java.util.Optional;

/** A spot instance that the cloud takes back: the notice, and the end. Pure. */
public final class SpotReclaim {
  /** Of the event, and of the condition ContainerInstanceCreated, that tell of the notice. */
  public static final String NOTICE = "SpotToBeReleased";

  private static final String DISRUPTION_TARGET = "DisruptionTarget";

  private SpotReclaim() {}

  /** When it will be taken, if that is announced and has not come to pass. */
  public static Optional<Instant> announced(Instance instance) {
    return instance.hasReclaimTime() && !instance.hasEndTime()
        ? Optional.of(reclaimTime(instance))
        : Optional.empty();
  }

  /** One sentence. */
  public static String message(Instance instance, Instant at) {
    return "The cloud takes spot instance %s back at %s".formatted(instance.getInstanceId(), at);
  }

  /**
   * The condition by which controllers tell that the pod is not to blame: a Job's podFailurePolicy
   * sees it. Of an instance that was taken only, not of one that ended before by itself.
   */
  static Optional<Condition> disruption(Instance instance) {
    boolean isTaken =
        instance.getPhase() == InstancePhase.INSTANCE_PHASE_FAILED
            && instance.hasReclaimTime()
            && instance.hasEndTime()
            && !instant(instance.getEndTime()).isBefore(reclaimTime(instance));
    return isTaken
        ? Optional.of(
            new Condition(
                DISRUPTION_TARGET,
                true,
                "SpotReclaimed",
                "The cloud has taken spot instance %s back".formatted(instance.getInstanceId())))
        : Optional.empty();
  }

  private static Instant reclaimTime(Instance instance) {
    return instant(instance.getReclaimTime());
  }

  /** To the second, as people and the API server are told it. */
  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds());
  }
}
