package io.viking.scheduler.loop;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.pod.PendingPod;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All pods without a zone, by group. A group is active while somebody waits in it whose fate has
 * not been decided, or parked with the cures that wake it. Confined to one thread.
 */
final class PodQueue {
  private final Map<String, QueuedPod> pods = new HashMap<>();
  private final Map<PodShape, PodGroup> groups = new HashMap<>();
  private final Set<PodGroup> active = new LinkedHashSet<>();
  private final Set<PodGroup> parked = new LinkedHashSet<>();
  private final SetMultimap<Cure, PodGroup> wakers = HashMultimap.create();
  private final Map<QueuedPod.State, Integer> counts = new EnumMap<>(QueuedPod.State.class);
  private long arrivals;

  Optional<QueuedPod> find(String uid) {
    return Optional.ofNullable(pods.get(uid));
  }

  Optional<PodGroup> group(PodShape shape) {
    return Optional.ofNullable(groups.get(shape));
  }

  /** How many pods of a shape wait in line. */
  int waiting(PodShape shape) {
    return group(shape).map(group -> group.waiting.size()).orElse(0);
  }

  /** A pod without a zone is there, or changed. One that is assumed or bound goes its way. */
  QueuedPod see(PendingPod seen) {
    QueuedPod pod = pods.get(seen.uid());
    if (pod == null) {
      pod = new QueuedPod(seen, groupFor(seen.shape()), arrivals++);
      pods.put(seen.uid(), pod);
      moveTo(pod, seen.gated() ? QueuedPod.State.GATED : QueuedPod.State.WAITING);
      return pod;
    }
    pod.pod = seen;
    switch (pod.state) {
      case GATED -> {
        if (!seen.gated()) {
          moveTo(pod, QueuedPod.State.WAITING);
        }
      }
      case WAITING -> {
        if (!seen.shape().equals(pod.group.shape)) {
          moveTo(pod, QueuedPod.State.WAITING);
        }
      }
      case BACKING_OFF, ASSUMED, BOUND, LEFT -> {}
    }
    return pod;
  }

  /** Takes the first in line, who gets a zone. */
  QueuedPod assume(PodGroup group, Placement placement) {
    QueuedPod pod = group.first();
    moveTo(pod, QueuedPod.State.ASSUMED);
    pod.placement = Optional.of(placement);
    return pod;
  }

  void bound(QueuedPod pod) {
    moveTo(pod, QueuedPod.State.BOUND);
  }

  void backOff(QueuedPod pod) {
    pod.placement = Optional.empty();
    moveTo(pod, QueuedPod.State.BACKING_OFF);
  }

  /** Puts a pod (back) into its line. */
  void line(QueuedPod pod) {
    pod.placement = Optional.empty();
    moveTo(pod, QueuedPod.State.WAITING);
  }

  Optional<QueuedPod> remove(String uid) {
    QueuedPod pod = pods.remove(uid);
    if (pod == null) {
      return Optional.empty();
    }
    moveTo(pod, QueuedPod.State.LEFT);
    return Optional.of(pod);
  }

  boolean hasActive() {
    return !active.isEmpty();
  }

  /** The groups that are to be decided now, in order; they are not active any more. */
  List<PodGroup> takeActive() {
    var taken = new ArrayList<>(active);
    active.clear();
    taken.removeIf(group -> group.waiting.isEmpty());
    taken.sort(PodGroup.ORDER);
    return taken;
  }

  /** Those who still wait in a group do so until a cure or its timer comes. */
  void park(PodGroup group, Unplaced reason) {
    group.parked = Optional.of(reason);
    parked.add(group);
    reason.cures().forEach(cure -> wakers.put(cure, group));
  }

  /** Wakes the groups that a change may help. */
  void wake(Collection<Cure> cures) {
    if (parked.isEmpty()) {
      return;
    }
    for (Cure cure : cures) {
      List.copyOf(wakers.get(cure)).forEach(this::activate);
    }
  }

  /** Wakes the groups that wait for such a reason. */
  void wakeThose(Predicate<Unplaced> reason) {
    for (PodGroup group : List.copyOf(parked)) {
      if (group.parked.filter(reason).isPresent()) {
        activate(group);
      }
    }
  }

  void activate(PodGroup group) {
    unpark(group);
    active.add(group);
  }

  /** A pod's pause after a failed bind is over. */
  void retry(String uid, Instant now) {
    find(uid)
        .filter(pod -> pod.state == QueuedPod.State.BACKING_OFF)
        .filter(pod -> !now.isBefore(pod.retryAt))
        .ifPresent(this::line);
  }

  /** A group that nothing has helped is tried again, unless the timer is out of date. */
  void retry(PodShape shape, long round) {
    group(shape).filter(group -> group.timer == round).ifPresent(this::retry);
  }

  private void retry(PodGroup group) {
    group.timer = 0;
    group.rounds++;
    if (group.parked.isPresent()) {
      activate(group);
    }
  }

  PendingCounts counts() {
    int unschedulable = 0;
    for (PodGroup group : parked) {
      unschedulable += group.waiting.size();
    }
    int lines = count(QueuedPod.State.WAITING) + count(QueuedPod.State.ASSUMED);
    return new PendingCounts(
        lines - unschedulable,
        count(QueuedPod.State.BACKING_OFF),
        unschedulable,
        count(QueuedPod.State.GATED));
  }

  private int count(QueuedPod.State state) {
    return counts.getOrDefault(state, 0);
  }

  /** The one place where pods change state; a pod that leaves a line may have changed its shape. */
  private void moveTo(QueuedPod pod, QueuedPod.State next) {
    PodGroup old = pod.group;
    old.waiting.remove(pod.uid());
    counts.merge(pod.state, -1, Integer::sum);
    counts.merge(next, 1, Integer::sum);
    boolean isMember = pod.state != QueuedPod.State.LEFT;
    boolean staysMember = next != QueuedPod.State.LEFT;
    pod.state = next;
    boolean isUnchanged = pod.pod.shape() == old.shape;
    PodGroup group = !staysMember || isUnchanged ? old : groupFor(pod.pod.shape());
    if (isMember) {
      old.members--;
    }
    if (staysMember) {
      pod.group = group;
      group.members++;
    }
    if (next == QueuedPod.State.WAITING) {
      group.join(pod);
      activate(group);
    }
    if (old.members == 0) {
      unpark(old);
      active.remove(old);
      groups.remove(old.shape, old);
    }
  }

  private PodGroup groupFor(PodShape shape) {
    return groups.computeIfAbsent(shape, PodGroup::new);
  }

  private void unpark(PodGroup group) {
    group.parked.ifPresent(
        reason -> {
          reason.cures().forEach(cure -> wakers.remove(cure, group));
          group.parked = Optional.empty();
          parked.remove(group);
        });
  }
}
