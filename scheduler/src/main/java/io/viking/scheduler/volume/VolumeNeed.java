package io.viking.scheduler.volume;

import java.util.List;

/** What one claim of a pod asks of the pod's zone. */
sealed interface VolumeNeed {
  /** Its volume is known. */
  record Held(ClaimKey claim, Volume volume, boolean bound) implements VolumeNeed {}

  /** Its volume is being found or made for this zone. */
  record Chosen(ClaimKey claim, String zone) implements VolumeNeed {}

  /**
   * The first pod's zone decides.
   *
   * @param free volumes that it could take, the smallest first
   */
  record Open(Claim claim, VolumeClass storageClass, List<Volume> free) implements VolumeNeed {
    public Open {
      free = List.copyOf(free);
    }
  }
}
