package io.viking.scale;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a process holds more after a late storm than after an early one.
 *
 * <p>Some history is meant to be kept for each pod that is gone, and is bounded: the simulated
 * cloud's last 50,000 changes (for watches that resume) and what it must refuse to create again
 * (for two hours), and the last 20,000 series of events (for ten minutes). Until these are full a
 * heap grows by them, and so they are tolerated: by the pod, and in all no more than they hold when
 * they are full. Of what else leaks, more storms tell smaller leaks.
 */
final class Growth {
  private static final long MEBIBYTE = 1024 * 1024;

  /** Sampled at a quiet moment, but a connection more or less is nobody's leak. */
  private static final int DESCRIPTORS = 8;

  private static final int THREADS = 6;
  private static final int VIRTUAL_THREADS = 24;

  /** Leases, events and nodes come and go; pods and instances must not stay. */
  private static final double GAUGE = 8;

  /** Measured: 3.7 KB. */
  private static final long HISTORY_OF_A_POD = 4_500;

  private static final long HISTORY_IN_ALL = 64 * MEBIBYTE;

  private static final int CLASSES = 8;

  private Growth() {}

  /**
   * One sentence for each thing that grew beyond its tolerance.
   *
   * @param pods that came and went between them
   */
  static List<String> between(Footprint early, Footprint late, long pods) {
    var grown = new ArrayList<String>();
    double history = Math.min(pods * HISTORY_OF_A_POD, HISTORY_IN_ALL);
    check(
        grown,
        "live heap",
        early.liveBytes(),
        late.liveBytes(),
        share(early.liveBytes(), 5, 3) + history);
    if (!grown.isEmpty()) {
      grown.add("most grown: " + mostGrown(early, late));
    }
    check(
        grown, "RSS", early.rssBytes(), late.rssBytes(), share(early.rssBytes(), 10, 24) + history);
    check(grown, "threads", early.threads(), late.threads(), THREADS);
    check(grown, "virtual threads", early.virtualThreads(), late.virtualThreads(), VIRTUAL_THREADS);
    check(grown, "file descriptors", early.descriptors(), late.descriptors(), DESCRIPTORS);
    var names = new TreeSet<>(early.gauges().keySet());
    names.addAll(late.gauges().keySet());
    for (String name : names) {
      check(
          grown,
          name,
          early.gauges().getOrDefault(name, 0.0),
          late.gauges().getOrDefault(name, 0.0),
          GAUGE);
    }
    return List.copyOf(grown);
  }

  private static String mostGrown(Footprint early, Footprint late) {
    var more = new HashMap<>(late.classes());
    early.classes().forEach((name, bytes) -> more.merge(name, -bytes, Long::sum));
    return more.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(CLASSES)
        .map(entry -> "%s by %,d bytes".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** So many percent, and so many mebibytes for what is noise in small heaps. */
  private static double share(long bytes, int percent, int mebibytes) {
    return bytes * percent / 100.0 + mebibytes * MEBIBYTE;
  }

  private static void check(
      List<String> grown, String what, double early, double late, double tolerance) {
    if (late > early + tolerance) {
      grown.add(
          "%s grew from %,.0f to %,.0f, tolerated are %,.0f more"
              .formatted(what, early, late, tolerance));
    }
  }
}
