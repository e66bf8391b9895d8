package io.viking.scheduler.volume;

import io.viking.scheduler.zone.Cure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the volumes of a group of pods ask of a zone. */
public final class VolumeNeeds {
  public static final VolumeNeeds NONE = new VolumeNeeds(List.of(), false, Set.of());

  private static final String CONFLICT = "had volume node affinity conflict";
  private static final String NOTHING = "didn't find available persistent volumes to bind";

  private final List<VolumeNeed> needs;
  private final boolean oneByOne;
  private final Set<String> troubled;

  /** Whether a zone will do. */
  public sealed interface Fit {
    /**
     * It will.
     *
     * @param steps one for each claim that is not bound yet
     */
    record Fits(List<ClaimStep> steps) implements Fit {
      public Fits {
        steps = List.copyOf(steps);
      }
    }

    /**
     * It will not, for this reason, in upstream's words.
     *
     * @param cures what may change it
     */
    record Misfit(String reason, Set<Cure> cures) implements Fit {
      public Misfit {
        cures = Set.copyOf(cures);
      }
    }
  }

  /**
   * @param oneByOne the first pod's zone decides that of the others, or one pod alone may have them
   * @param troubled zones in which volumes could not be made not long ago
   */
  VolumeNeeds(List<VolumeNeed> needs, boolean oneByOne, Set<String> troubled) {
    this.needs = List.copyOf(needs);
    this.oneByOne = oneByOne;
    this.troubled = Set.copyOf(troubled);
  }

  /** The pods have no claims. */
  public boolean isEmpty() {
    return needs.isEmpty();
  }

  /** Whether the group must be asked about again after each of its pods. */
  public boolean oneByOne() {
    return oneByOne;
  }

  /** Zones that come last. */
  public Set<String> troubled() {
    return troubled;
  }

  /**
   * Small claims choose first, as upstream's do: a large volume is not spent on them.
   *
   * @param labels of the zone's node
   */
  public Fit at(String zone, Map<String, String> labels) {
    var steps = new ArrayList<ClaimStep>();
    var taken = new HashSet<String>();
    for (VolumeNeed need : inOrder()) {
      switch (need) {
        case VolumeNeed.Held(ClaimKey claim, Volume volume, boolean bound) -> {
          if (!volume.reaches(zone, labels)) {
            return misfit(CONFLICT, claim.changed(), new Cure.VolumeChanged(volume.name()));
          }
          if (!bound) {
            steps.add(new ClaimStep.Await(claim));
          }
        }
        case VolumeNeed.Chosen(ClaimKey claim, String chosen) -> {
          if (!chosen.equals(zone)) {
            return misfit(
                "not %s, which is chosen for persistentvolumeclaim \"%s\""
                    .formatted(chosen, claim.name()),
                claim.changed());
          }
          steps.add(new ClaimStep.Await(claim));
        }
        case VolumeNeed.Open open -> {
          Optional<ClaimStep> step = step(open, zone, labels, taken);
          if (step.isEmpty()) {
            return misfit(
                NOTHING,
                open.claim().key().changed(),
                new Cure.ClassChanged(open.claim().storageClass()));
          }
          steps.add(step.get());
        }
      }
    }
    return new Fit.Fits(steps);
  }

  private List<VolumeNeed> inOrder() {
    return needs.size() < 2
        ? needs
        : needs.stream()
            .sorted(
                Comparator.comparing(
                    need ->
                        need instanceof VolumeNeed.Open open
                            ? open.claim().wish().size()
                            : BigDecimal.ZERO))
            .toList();
  }

  private static Optional<ClaimStep> step(
      VolumeNeed.Open open, String zone, Map<String, String> labels, Set<String> taken) {
    Claim claim = open.claim();
    for (Volume volume : open.free()) {
      if (volume.reaches(zone, labels) && taken.add(volume.name())) {
        return Optional.of(new ClaimStep.Keep(claim.key(), claim.uid(), volume));
      }
    }
    return open.storageClass().canMakeOneFor(zone, labels)
        ? Optional.of(new ClaimStep.SelectNode(claim.key(), claim.uid(), claim.resourceVersion()))
        : Optional.empty();
  }

  private static Fit misfit(String reason, Cure... cures) {
    return new Fit.Misfit(reason, Set.of(cures));
  }
}
