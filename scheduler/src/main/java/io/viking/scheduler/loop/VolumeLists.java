package io.viking.scheduler.loop;

import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Cure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
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
          Set.of(new Cure.VolumesListed()));

  private final Set<SchedulerEvent.VolumeKind> missing =
      EnumSet.allOf(SchedulerEvent.VolumeKind.class);
  private final Set<PodGroup> deferred = new LinkedHashSet<>();
  private boolean late;

  boolean complete() {
    return missing.isEmpty();
  }

  /** Whether a group has to wait; if not, it is decided with what is known. */
  boolean defers(PodGroup group, Instant now, Outbox out) {
    if (complete() || late) {
      return false;
    }
    if (deferred.isEmpty()) {
      out.timer(now.plus(GRACE), new SchedulerEvent.VolumeListsLate());
    }
    deferred.add(group);
    return true;
  }

  void listed(SchedulerEvent.VolumeKind kind, VolumeNews news) {
    missing.remove(kind);
    if (complete()) {
      release(news);
      news.cures.add(new Cure.VolumesListed());
    }
  }

  /** Those that wait are decided now, and so told what they wait for. */
  void late(VolumeNews news) {
    late = true;
    release(news);
  }

  private void release(VolumeNews news) {
    news.decidable.addAll(deferred);
    deferred.clear();
  }
}
