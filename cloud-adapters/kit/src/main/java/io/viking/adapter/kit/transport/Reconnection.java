package io.viking.adapter.kit.transport;

import io.grpc.ConnectivityState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries a lost connection again at least this often. Left to itself, gRPC comes to wait for two
 * minutes between attempts: too long for whoever waits for an adapter that is back already.
 */
final class Reconnection implements AutoCloseable {
  static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);

  private final Supplier<ConnectivityState> state;
  private final Runnable tryNow;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Reconnection(Supplier<ConnectivityState> state, Runnable tryNow, Duration interval) {
    this.state = state;
    this.tryNow = tryNow;
    this.interval = interval;
  }

  /** Begins to look, on a virtual thread. */
  static Reconnection start(Supplier<ConnectivityState> state, Runnable tryNow, Duration interval) {
    var reconnection = new Reconnection(state, tryNow, interval);
    Thread.ofVirtual().name("adapter-reconnection").start(reconnection::run);
    return reconnection;
  }

  private void run() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        if (state.get() == ConnectivityState.TRANSIENT_FAILURE) {
          tryNow.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
