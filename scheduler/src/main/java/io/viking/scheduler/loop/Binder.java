package io.viking.scheduler.loop;

import io.viking.kube.queue.FairLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The line of binds: by priority, then namespaces in turn, each in the order of decisions, and so
 * many in flight at once. The line is kept here and not in the lane, so that a pod of high priority
 * does not wait behind ten thousand others, and a pod that is deleted costs no call.
 */
final class Binder {
  private record Turn(QueuedPod pod, int priority, long ticket) {
    String namespace() {
      return pod.group.shape.namespace();
    }

    boolean isValid() {
      return pod.state == QueuedPod.State.ASSUMED && pod.ticket == ticket;
    }
  }

  private final int atMost;
  private final NavigableMap<Integer, FairLine<Turn>> lines = new TreeMap<>();
  private final Map<String, Turn> held = new HashMap<>();
  private final Set<String> inFlight = new HashSet<>();
  private long tickets;

  Binder(int atMost) {
    this.atMost = atMost;
  }

  void enqueue(QueuedPod pod) {
    pod.ticket = ++tickets;
    Turn turn = new Turn(pod, pod.group.shape.priority(), pod.ticket);
    line(turn).add(turn.namespace(), turn);
  }

  /**
   * Whose turn it is, while there is room in flight. A pod that is being written to is held back.
   */
  Optional<QueuedPod> next() {
    while (inFlight.size() < atMost) {
      Map.Entry<Integer, FairLine<Turn>> highest = lines.lastEntry();
      if (highest == null) {
        return Optional.empty();
      }
      Turn turn = highest.getValue().next().orElseThrow();
      if (highest.getValue().isEmpty()) {
        lines.remove(highest.getKey());
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
      line(turn).addFirst(turn.namespace(), turn);
    }
  }

  private FairLine<Turn> line(Turn turn) {
    return lines.computeIfAbsent(turn.priority(), _ -> new FairLine<>());
  }

  int inFlight() {
    return inFlight.size();
  }
}
