package io.viking.syncer.pods;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The pods that want one kind of call, first come first served, each at most once at a time, a
 * bounded number of calls at once.
 */
final class WorkQueue {
  private final int width;
  private final LinkedHashSet<String> waiting = new LinkedHashSet<>();
  private final Set<String> inFlight = new HashSet<>();
  private int calls;

  WorkQueue(int width) {
    this.width = width;
  }

  /** Whether a pod wants the call now; no effect on one that is made already. */
  void set(String uid, boolean wanted) {
    if (!wanted) {
      if (!waiting.isEmpty()) {
        waiting.remove(uid);
      }
    } else if (!inFlight.contains(uid)) {
      waiting.add(uid);
    }
  }

  boolean isInFlight(String uid) {
    return inFlight.contains(uid);
  }

  boolean hasRoom() {
    return calls < width && !waiting.isEmpty();
  }

  /** The next pod, out of the queue. */
  Optional<String> next() {
    Iterator<String> all = waiting.iterator();
    if (!all.hasNext()) {
      return Optional.empty();
    }
    String uid = all.next();
    all.remove();
    return Optional.of(uid);
  }

  /** Puts back what {@link #next} gave and no call took. */
  void putBack(String uid) {
    waiting.addFirst(uid);
  }

  /** A call for these pods begins. */
  void started(Iterable<String> uids) {
    calls++;
    uids.forEach(inFlight::add);
  }

  /** The call for these pods has ended. */
  void ended(Iterable<String> uids) {
    calls--;
    uids.forEach(inFlight::remove);
  }

  int waiting() {
    return waiting.size();
  }
}
