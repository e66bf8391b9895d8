package io.viking.cli.output;

import io.viking.controlplane.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Shows what a start is doing: on a terminal one line that changes, elsewhere plain lines, of which
 * a long step writes one every ten seconds.
 */
public final class ConsoleProgress implements Progress {
  private static final Duration PLAIN_PAUSE = Duration.ofSeconds(10);
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private final InstantSource clock;
  private String step = "";
  private Instant lastLine = Instant.MIN;

  /**
   * @param terminal whether {@code out} is a terminal, whose line can be written anew
   */
  public ConsoleProgress(PrintStream out, boolean terminal, InstantSource clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public synchronized void step(String what) {
    step = what;
    show("viking: " + what + " ...");
    lastLine = clock.instant();
  }

  @Override
  public synchronized void advance(String detail, int done, int total) {
    String line =
        "viking: %s ... %s%s"
            .formatted(
                step,
                total > 0 ? "%d of %d ".formatted(done, total) : done > 0 ? done + " " : "",
                detail);
    if (terminal) {
      show(line);
    } else if (!clock.instant().isBefore(lastLine.plus(PLAIN_PAUSE))) {
      show(line);
      lastLine = clock.instant();
    }
  }

  @Override
  public synchronized void note(String sentence) {
    out.println((terminal ? CLEAR_LINE : "") + "viking: " + sentence);
    out.flush();
  }

  @Override
  public synchronized void done() {
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }

  private void show(String line) {
    if (terminal) {
      // A line that wraps could not be cleared.
      out.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), 78)));
    } else {
      out.println(line.stripTrailing());
    }
    out.flush();
  }
}
