package io.viking.adapter.sim.logs;

import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.state.ContainerOrder;

/**
 * The log of one start of a container, line by line, worked out from its times: what it is, a line
 * every ten seconds, how it ended. Any line can be had at once, so a log costs nothing until it is
 * read, and reads the same every time.
 */
public record LogScript(InstanceFacts instance, ContainerOrder container, ContainerRun run) {
  private static final long PERIOD_MILLIS = 10_000;

  /** The lines that are there at that time, milliseconds of the epoch. */
  public long count(long now) {
    if (now < run.start()) {
      return 0;
    }
    long until = Math.min(now, run.end() == Long.MAX_VALUE ? now : run.end() - 1);
    long periods = Math.max(0, until - run.start()) / PERIOD_MILLIS;
    return opening() + periods + (over(now) ? 1 : 0);
  }

  public boolean over(long now) {
    return run.end() <= now;
  }

  /** The line of that number, from 0; of those that {@link #count} has counted at that time. */
  public LogLine line(long number, long now) {
    if (over(now) && number == count(now) - 1) {
      return new LogLine(
          run.end(),
          "simulated container " + container.getName() + " ended with exit code " + run.exitCode());
    }
    if (number >= opening()) {
      long periods = number - opening() + 1;
      return new LogLine(
          run.start() + periods * PERIOD_MILLIS,
          "simulated container "
              + container.getName()
              + " has run for "
              + periods * PERIOD_MILLIS / 1000
              + " s");
    }
    return new LogLine(
        run.start(), number == 0 ? greeting() : "would run: " + container.getCommand());
  }

  /** The first line at or after that time. */
  public long firstSince(long since, long now) {
    long low = 0;
    long high = count(now);
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (line(middle, now).at() < since) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** When the next line comes if nothing happens to the container. */
  public long nextLineAt(long now) {
    long next = run.start() + (Math.max(0, now - run.start()) / PERIOD_MILLIS + 1) * PERIOD_MILLIS;
    return Math.min(next, run.end());
  }

  private int opening() {
    return container.getCommand().isEmpty() ? 1 : 2;
  }

  private String greeting() {
    return "simulated container "
        + container.getName()
        + " of pod "
        + instance.namespace()
        + "/"
        + instance.name()
        + ", image "
        + container.getImage()
        + ", started in "
        + instance.zone()
        + " as "
        + instance.id()
        + " on "
        + instance.type();
  }
}
