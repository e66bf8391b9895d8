package io.viking.scheduler.loop;

import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.pod.PodShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pods of one shape, in the order in which they came. */
final class PodGroup {
  /** By priority, then by the age of who waits first. Both sides have somebody waiting. */
  static final Comparator<PodGroup> ORDER =
      Comparator.<PodGroup>comparingInt(group -> -group.shape.priority())
          .thenComparing(group -> group.first().pod.created())
          .thenComparingLong(group -> group.first().arrival);

  private static final Duration WARNING_WINDOW = Duration.ofMinutes(1);

  /**
   * What passes by itself is told when it has not for so long, at the next round: a workload that
   * comes up wave by wave would else cost a write and a warning for each pod that is about to be
   * bound.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  final PodShape shape;
  final LinkedHashMap<String, QueuedPod> waiting = new LinkedHashMap<>();

  /** All pods that refer to it, waiting or not. */
  int members;

  /** Why it waits; empty while it does not. */
  Optional<Unplaced> parked = Optional.empty();

  /** What its pods were told last. */
  String message = "";

  /** Rounds without a placement, for the slow retry. */
  int rounds;

  /** Of the timer that is out; 0 = none. */
  long timer;

  /** Since when nobody got a zone; {@link Instant#MIN}: nothing waits, or nobody asked yet. */
  private Instant stillSince = Instant.MIN;

  private List<QueuedPod> fresh = new ArrayList<>();
  private final Set<QueuedPod> unwarned = new LinkedHashSet<>();
  private Instant windowStart = Instant.MIN;
  private int warnings;

  PodGroup(PodShape shape) {
    this.shape = shape;
  }

  QueuedPod first() {
    return waiting.firstEntry().getValue();
  }

  void join(QueuedPod pod) {
    waiting.put(pod.uid(), pod);
    fresh.add(pod);
  }

  /** A pod that has not been told what the others have. */
  void notTold(QueuedPod pod) {
    fresh.add(pod);
  }

  /** Who has to be told a message: all if it is another than before, else those who came since. */
  List<QueuedPod> audience(String newMessage) {
    List<QueuedPod> told = newMessage.equals(message) ? fresh : new ArrayList<>(waiting.values());
    fresh = new ArrayList<>();
    message = newMessage;
    return told;
  }

  /** Somebody got a zone: the slow retry begins anew. */
  void helped(Instant now) {
    stillSince = now;
    if (rounds > 0) {
      rounds = 0;
      timer = 0;
    }
  }

  /** Everybody in line has a zone. */
  void allPlaced() {
    stillSince = Instant.MIN;
    fresh = new ArrayList<>();
    message = "";
  }

  /** Whether it is time to tell those who wait for that reason. */
  boolean isTimely(Unplaced reason, Instant now) {
    if (stillSince.equals(Instant.MIN)) {
      stillSince = now;
    }
    return !reason.isPassing() || Duration.between(stillSince, now).compareTo(PATIENCE) >= 0;
  }

  /** A pod that waits is warned later, in the order of these calls. */
  void oweWarning(QueuedPod pod) {
    unwarned.add(pod);
  }

  boolean owesWarnings() {
    return !unwarned.isEmpty();
  }

  /** The next pod that still waits and has not been warned of what the group was told last. */
  Optional<QueuedPod> nextToWarn() {
    var line = unwarned.iterator();
    while (line.hasNext()) {
      QueuedPod pod = line.next();
      line.remove();
      if (pod.state == QueuedPod.State.WAITING
          && pod.group == this
          && !pod.warned.equals(message)) {
        return Optional.of(pod);
      }
    }
    return Optional.empty();
  }

  /** Whether one more warning may be recorded at once. */
  boolean mayWarn(Instant now, int perMinute) {
    if (windowStart.equals(Instant.MIN)
        || Duration.between(windowStart, now).compareTo(WARNING_WINDOW) >= 0) {
      windowStart = now;
      warnings = 0;
    }
    return warnings++ < perMinute;
  }
}
