package io.viking.scheduler.preemption;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Pods on their way out, whose share of the account's quotas comes free. One that is gone counts a
 * little longer: the cloud's figures may show it later than the API server. Confined to one thread.
 */
final class Departures {
  /** From the end of a pod to the figure that shows it. */
  private static final Duration UNTIL_SHOWN = Duration.ofSeconds(5);

  private record Gone(long milliVcpu, Instant until) {}

  private final Map<String, Long> leaving = new HashMap<>();
  private final Deque<Gone> gone = new ArrayDeque<>();
  private long milliVcpu;

  /** It begins to leave; said twice, it counts once. */
  void begin(String uid, long ownMilliVcpu) {
    if (leaving.putIfAbsent(uid, ownMilliVcpu) == null) {
      milliVcpu += ownMilliVcpu;
    }
  }

  boolean contains(String uid) {
    return leaving.containsKey(uid);
  }

  /** It stays after all. */
  void cancel(String uid) {
    Long own = leaving.remove(uid);
    if (own != null) {
      milliVcpu -= own;
    }
  }

  /** It is gone. */
  void end(String uid, Instant now) {
    Long own = leaving.remove(uid);
    if (own != null) {
      gone.add(new Gone(own, now.plus(UNTIL_SHOWN)));
    }
  }

  long instances(Instant now) {
    forget(now);
    return leaving.size() + gone.size();
  }

  long milliVcpu(Instant now) {
    forget(now);
    return milliVcpu;
  }

  private void forget(Instant now) {
    while (!gone.isEmpty() && !now.isBefore(gone.element().until())) {
      milliVcpu -= gone.remove().milliVcpu();
    }
  }
}
