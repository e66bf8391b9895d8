package io.viking.system;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a test has opened, to be closed in the reverse order: all of it, even if some fails, and
 * then with the first failure. For one thread.
 */
public final class Belongings implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Remembers and returns it. */
  public <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() throws Exception {
    Exception first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
