package io.viking.kube.loop;

/**
 * A queue of effects of one kind: started in order, at most {@code width} at once.
 *
 * <p>Lanes keep kinds of work apart, so that slow creates never hold up status writes.
 *
 * @param name lower case, for metrics ("bind", "status")
 */
public record Lane(String name, int width) {
  public Lane {
    if (width < 1) {
      throw new IllegalArgumentException(
          "lane " + name + ": width must be at least 1, is " + width);
    }
  }
}
