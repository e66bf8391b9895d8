package io.viking.scheduler.loop;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The line of binds: by priority, then in the order of decisions, and so many in flight at once.
 * The line is kept here and not in the lane, so that a pod of high priority does not wait behind
 * ten thousand others, and a pod that is deleted costs no call.
 */
final class Binder {
  private record Turn(QueuedPod pod, int priority, long ticket) {
    boolean isValid() {
      return pod.state == QueuedPod.State.ASSUMED && pod.ticket == ticket;
    }
  }

  private final int atMost;
  private final PriorityQueue<Turn> line =
      new PriorityQueue<>(
          Comparator.<Turn>comparingInt(turn -> -turn.priority()).thenComparingLong(Turn::ticket));
  private final Map<String, Turn> held = new HashMap<>();
  private final Set<String> inFlight = new HashSet<>();
  private long tickets;

  Binder(int atMost) {
    this.atMost = atMost;
  }

  void enqueue(QueuedPod pod) {
    pod.ticket = ++tickets;
    line.add(new Turn(pod, pod.group.shape.priority(), pod.ticket));
  }

  /**
   * Whose turn it is, while there is room in flight. A pod that is being written to is held back.
   */
  Optional<QueuedPod> next() {
    while (inFlight.size() < atMost) {
      Turn turn = line.poll();
      if (turn == null) {
        return Optional.empty();
      }
      if (!turn.isValid()) {
        continue;
      }
      QueuedPod pod = turn.pod();
      if (pod.reporting || inFlight.contains(pod.uid())) {
        held.put(pod.uid(), turn);
        continue;
      }
      return Optional.of(pod);
    }
    return Optional.empty();
  }

  void sent(QueuedPod pod) {
    inFlight.add(pod.uid());
  }

  void answered(String uid) {
    inFlight.remove(uid);
    release(uid);
  }

  /** What held a pod back may be over. */
  void release(String uid) {
    Turn turn = held.remove(uid);
    if (turn != null) {
      line.add(turn);
    }
  }

  int inFlight() {
    return inFlight.size();
  }
}
