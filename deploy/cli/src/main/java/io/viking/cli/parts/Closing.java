package io.viking.cli.parts;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in reverse order, all of it even if some of it fails to. */
public final class Closing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<Opened> opened = new ArrayDeque<>();

  private boolean closed;

  private record Opened(String name, AutoCloseable closeable) {}

  /**
   * Remembers and returns it.
   *
   * @throws IllegalStateException if everything was closed meanwhile; then this is closed too
   */
  public <T extends AutoCloseable> T add(String name, T closeable) {
    synchronized (opened) {
      opened.push(new Opened(name, closeable));
      if (!closed) {
        return closeable;
      }
    }
    close();
    throw new IllegalStateException("the " + name + " was opened while all was being closed");
  }

  @Override
  public void close() {
    synchronized (opened) {
      closed = true;
    }
    for (Opened next = next(); next != null; next = next()) {
      try {
        next.closeable().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        log.warn(
            "the {} could not be closed cleanly; the rest is closed all the same", next.name(), e);
      }
    }
  }

  private @org.jspecify.annotations.Nullable Opened next() {
    synchronized (opened) {
      return opened.poll();
    }
  }
}
