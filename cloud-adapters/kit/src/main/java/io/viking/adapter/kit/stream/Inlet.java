package io.viking.adapter.kit.stream;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream of requests read by blocking code. Holds one message at most: the caller is asked for
 * the next when the one before was taken, so whoever sends faster than it is read is held back by
 * the transport.
 *
 * <p>One reader; any thread.
 */
public final class Inlet<Q> {
  private final ServerCallStreamObserver<?> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrival = lock.newCondition();
  private @Nullable Q message;
  private boolean ended;

  /** To be made within the service's method. */
  Inlet(ServerCallStreamObserver<?> call) {
    this.call = call;
    call.disableAutoRequest();
    call.request(1);
  }

  /**
   * The next message, after waiting for it; empty when the caller has said that no more will come.
   *
   * @throws InterruptedException if the caller has gone and this is the thread of the call's body
   */
  public Optional<Q> next() throws InterruptedException {
    Q taken;
    lock.lockInterruptibly();
    try {
      while (message == null && !ended) {
        arrival.await();
      }
      taken = message;
      message = null;
    } finally {
      lock.unlock();
    }
    if (taken != null) {
      call.request(1);
    }
    return Optional.ofNullable(taken);
  }

  StreamObserver<Q> feed() {
    return new StreamObserver<>() {
      @Override
      public void onNext(Q next) {
        change(() -> message = next);
      }

      /** A cancelled call: its body's thread is interrupted, there is nothing to tell here. */
      @Override
      public void onError(Throwable cancelled) {
        onCompleted();
      }

      @Override
      public void onCompleted() {
        change(() -> ended = true);
      }
    };
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      arrival.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
