package io.viking.scheduler.loop;

import io.viking.scheduler.zone.Cure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What news of volumes means for pods, gathered for the core. */
final class VolumeNews {
  /**
   * A pod that has to look for a zone again.
   *
   * @param atLeast the pause before it does
   */
  record Returned(QueuedPod pod, String why, Duration atLeast) {}

  /** Parked groups with one of these are decided again. */
  final Set<Cure> cures = new HashSet<>();

  /** Groups that could not be decided until now. */
  final List<PodGroup> decidable = new ArrayList<>();

  /** Pods whose volumes are where they are to be. */
  final List<QueuedPod> bindable = new ArrayList<>();

  final List<Returned> returned = new ArrayList<>();
}
