package io.viking.kube.loop;

/**
 * A queue of effects of one kind: started in order, at most {@code width} at once.
 *
 * <p>Lanes keep kinds of work apart, so that slow creates never hold up status writes.
 *
 * @param name lower case, for metrics ("bind", "status")
 * @param isBegun its effects are calls that need no thread: {@link EffectRunner#begin} makes them,
 *     else {@link EffectRunner#run}
 */
public record Lane(String name, int width, boolean isBegun) {
  public Lane {
    if (width < 1) {
      throw new IllegalArgumentException(
          "lane " + name + ": width must be at least 1, is " + width);
    }
  }

  /** A lane whose effects run, each on a thread. */
  public Lane(String name, int width) {
    this(name, width, false);
  }

  /** A lane whose effects are begun. */
  public static Lane ofBegun(String name, int width) {
    return new Lane(name, width, true);
  }
}
