package io.viking.scheduler.volume;

import io.viking.scheduler.zone.Cure;
import java.util.Set;

/** What a pod's claims say before any zone is looked at. */
public sealed interface ClaimVerdict {
  ClaimVerdict NO_CLAIMS = new Known(VolumeNeeds.NONE);

  /** Their volumes are known, or can be found or made. */
  record Known(VolumeNeeds needs) implements ClaimVerdict {}

  /**
   * No zone will do now.
   *
   * @param reason in upstream's words
   * @param cures what may change it
   */
  record Wait(String reason, Set<Cure> cures) implements ClaimVerdict {
    public Wait {
      cures = Set.copyOf(cures);
    }
  }
}
