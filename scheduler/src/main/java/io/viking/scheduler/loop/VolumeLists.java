package io.viking.scheduler.loop;

import io.viking.scheduler.volume.ClaimVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The first lists of claims, volumes and storage classes. Groups with claims wait for them and no
 * others do; when they are long in coming, those groups are told so.
 */
final class VolumeLists {
  static final Duration GRACE = Duration.ofSeconds(10);

  static final ClaimVerdict MISSING =
      new ClaimVerdict.Wait(
          "persistentvolumeclaims, persistentvolumes and storageclasses are not known yet; may the"
              + " scheduler list and watch them?",
          Set.of());

  private final Set<SchedulerEvent.VolumeKind> missing =
      EnumSet.allOf(SchedulerEvent.VolumeKind.class);
  private final Set<PodGroup> deferred = new LinkedHashSet<>();
  private boolean late;

  boolean complete() {
    return missing.isEmpty();
  }

  /** Whether a group has to wait; if not, it is decided with what is known. */
  boolean defers(PodGroup group, Instant now, Outbox out) {
    if (complete()) {
      return false;
    }
    if (deferred.isEmpty()) {
      out.timer(now.plus(GRACE), new SchedulerEvent.VolumeListsLate());
    }
    deferred.add(group);
    return !late;
  }

  /** Gives the groups that can be decided now. */
  List<PodGroup> listed(SchedulerEvent.VolumeKind kind) {
    missing.remove(kind);
    return complete() ? release() : List.of();
  }

  /** Gives the groups that are to be told what they wait for. */
  List<PodGroup> late() {
    late = true;
    return complete() ? List.of() : List.copyOf(deferred);
  }

  private List<PodGroup> release() {
    List<PodGroup> groups = List.copyOf(deferred);
    deferred.clear();
    return groups;
  }
}
