package io.viking.scheduler.volume;

import io.viking.scheduler.selector.LabelMatch;
import java.math.BigDecimal;
import java.util.Set;

/**
 * What a claim asks of a volume.
 *
 * @param size bytes, at least
 * @param accessModes all of them
 * @param mode Filesystem or Block
 * @param labels of the volume; everything where the claim says nothing
 */
public record VolumeWish(BigDecimal size, Set<String> accessModes, String mode, LabelMatch labels) {
  public VolumeWish {
    accessModes = Set.copyOf(accessModes);
  }

  /** Whether a volume is what is asked for, free or not, wherever it is. */
  boolean takes(Volume volume) {
    return volume.capacity().compareTo(size) >= 0
        && volume.accessModes().containsAll(accessModes)
        && volume.mode().equals(mode)
        && labels.test(volume.labels());
  }
}
