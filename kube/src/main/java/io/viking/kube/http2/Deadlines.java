package io.viking.kube.http2;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends calls that take too long. All have the same time, so they expire in their order, and one
 * timer is for all: set for the oldest that is not over. Confined to an event loop.
 */
final class Deadlines {
  private final Queue<Exchange> oldestFirst = new ArrayDeque<>();
  private final Consumer<Exchange> expired;
  private boolean timed;

  Deadlines(Consumer<Exchange> expired) {
    this.expired = expired;
  }

  void add(Exchange exchange, EventExecutor loop) {
    forgetThoseOver();
    oldestFirst.add(exchange);
    if (!timed) {
      time(loop);
    }
  }

  private void time(EventExecutor loop) {
    Exchange oldest = oldestFirst.peek();
    timed = oldest != null;
    if (oldest != null) {
      loop.schedule(() -> due(loop), oldest.nanosLeft(), TimeUnit.NANOSECONDS);
    }
  }

  private void due(EventExecutor loop) {
    forgetThoseOver();
    for (Exchange oldest = oldestFirst.peek();
        oldest != null && oldest.nanosLeft() <= 0;
        oldest = oldestFirst.peek()) {
      oldestFirst.remove();
      expired.accept(oldest);
      forgetThoseOver();
    }
    time(loop);
  }

  private void forgetThoseOver() {
    for (Exchange oldest = oldestFirst.peek();
        oldest != null && oldest.isOver();
        oldest = oldestFirst.peek()) {
      oldestFirst.remove();
    }
  }
}
