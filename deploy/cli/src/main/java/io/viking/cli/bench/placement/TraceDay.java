package io.viking.cli.bench.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A day of a cluster from a seed: web Deployments that follow the sun, batch Jobs that bid, bursts
 * of CI in working hours, and many small Deployments of one pod.
 */
final class TraceDay {
  private static final long DAY = 86_400;
  private static final long HOUR = 3_600;
  private static final long SCALING = 600;

  private static final int DEPLOYMENTS = 40;
  private static final int SINGLES = 60;
  private static final int JOBS = 40;
  private static final int BURSTS = 150;

  private static final List<PodSize> WEB =
      List.of(size(500, 1), size(1000, 2), size(2000, 4), size(4000, 8));
  private static final List<PodSize> BATCH =
      List.of(spot(2000, 4), spot(4000, 16), spot(8000, 16), spot(8000, 32));
  private static final PodSize BUILD = size(2000, 8);

  private final RandomGenerator random;
  private final List<Trace.Line> lines = new ArrayList<>();

  private TraceDay(RandomGenerator random) {
    this.random = random;
  }

  static Trace generate(RandomGenerator random) {
    var day = new TraceDay(random);
    for (int i = 0; i < SINGLES; i++) {
      day.line(random.nextLong(HOUR), "single-" + i, 1, day.any(WEB));
    }
    for (int i = 0; i < DEPLOYMENTS; i++) {
      day.deployment("web-" + i);
    }
    for (int i = 0; i < JOBS; i++) {
      day.job("batch-" + i);
    }
    for (int i = 0; i < BURSTS; i++) {
      day.burst("ci-" + i);
    }
    return new Trace(day.lines);
  }

  /** Least at four in the night, and three to four times as many at four in the afternoon. */
  private void deployment(String name) {
    PodSize size = any(WEB);
    int least = random.nextInt(2, 9);
    long offset = random.nextLong(SCALING);
    int there = 0;
    for (long at = offset; at < DAY; at += SCALING) {
      double sun = (1 - Math.cos(2 * Math.PI * (at - 4 * HOUR) / DAY)) / 2;
      double noise = 1 + (random.nextDouble() - 0.5) / 5;
      int wanted = Math.max(1, (int) Math.round(least * (1 + 2.5 * sun) * noise));
      // As an autoscaler does, which would rather wait than follow every move.
      if (there == 0 || Math.abs(wanted - there) * 10 > there) {
        line(at, name, wanted - there, size);
        there = wanted;
      }
    }
  }

  private void job(String name) {
    PodSize size = any(BATCH);
    long begin = random.nextLong(DAY - 3 * HOUR);
    int left = random.nextInt(20, 200);
    long end = begin + random.nextLong(HOUR / 3, 2 * HOUR);
    line(begin, name, left, size);
    while (left > 0) {
      int done = Math.min(left, 1 + left / 3);
      line(end, name, -done, size);
      left -= done;
      end += random.nextLong(30, 300);
    }
  }

  /** Between eight and six. */
  private void burst(String name) {
    long begin = random.nextLong(8 * HOUR, 18 * HOUR);
    int pods = random.nextInt(3, 40);
    line(begin, name, pods, BUILD);
    line(begin + random.nextLong(HOUR / 10, HOUR / 3), name, -pods, BUILD);
  }

  private PodSize any(List<PodSize> sizes) {
    return sizes.get(random.nextInt(sizes.size()));
  }

  private void line(long second, String workload, int pods, PodSize size) {
    if (pods != 0) {
      lines.add(new Trace.Line(second, workload, pods, size));
    }
  }

  private static PodSize size(long milliVcpu, long gib) {
    return new PodSize(milliVcpu, gib * 1024, false);
  }

  private static PodSize spot(long milliVcpu, long gib) {
    return new PodSize(milliVcpu, gib * 1024, true);
  }
}
