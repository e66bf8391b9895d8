package io.viking.syncer.pods;

import io.viking.kube.queue.FairLine;
import io.viking.syncer.pods.lifecycle.PodRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods that want one kind of call: namespaces in turn, each first come first served; each pod
 * at most once at a time, a bounded number of calls at once.
 */
final class WorkQueue {
  private final int width;
  private final FairLine<String> line = new FairLine<>();

  /** Namespaces of those in line. */
  private final Map<String, String> waiting = new HashMap<>();

  private final Set<String> inFlight = new HashSet<>();
  private int calls;

  WorkQueue(int width) {
    this.width = width;
  }

  /** A pod wants the call now; no effect on one that is made already. */
  void want(PodRef pod) {
    String uid = pod.uid();
    if (!inFlight.contains(uid) && waiting.putIfAbsent(uid, pod.namespace()) == null) {
      line.add(pod.namespace(), uid);
    }
  }

  /** A pod does not want the call any more; no effect on one that is made already. */
  void forget(String uid) {
    String namespace = waiting.remove(uid);
    if (namespace != null) {
      line.remove(namespace, uid);
    }
  }

  boolean hasRoom() {
    return calls < width && !line.isEmpty();
  }

  /** The next pod, out of the queue. */
  Optional<String> next() {
    Optional<String> uid = line.next();
    uid.ifPresent(waiting::remove);
    return uid;
  }

  /** Puts back what {@link #next} gave and no call took. */
  void putBack(PodRef pod) {
    waiting.put(pod.uid(), pod.namespace());
    line.putBack(pod.namespace(), pod.uid());
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
    return line.size();
  }
}
