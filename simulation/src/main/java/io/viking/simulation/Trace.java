package io.viking.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The last things that happened, if anybody wants to know: a seed that broke is run again with it.
 */
public final class Trace {
  private static final int LONGEST = 400;

  private final Timeline time;
  private final int most;
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * @param most lines that are kept; 0: nothing is noted
   */
  public Trace(Timeline time, int most) {
    this.time = time;
    this.most = most;
  }

  public void note(Supplier<String> what) {
    if (most == 0) {
      return;
    }
    if (lines.size() == most) {
      lines.removeFirst();
    }
    String text = what.get();
    lines.addLast(
        "%12.3f s  %s"
            .formatted(
                time.elapsedMillis() / 1000.0,
                text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …"));
  }

  /** Oldest first. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
