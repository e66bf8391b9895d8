package io.viking.adapter.kit.stream;

import static io.viking.cloud.v1.ErrorReason.ERROR_REASON_UNAVAILABLE;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of answers written by blocking code: {@link #send} waits while the caller does not take
 * what was sent. For logs and the like, where one (virtual) thread serves one call.
 *
 * <p>The thread must not be the one on which gRPC calls the service: gRPC would then have no thread
 * to say that the caller is ready again, or gone. {@link #serve} takes care of that.
 */
public final class Outlet<R> {
  /** Writes a whole stream; its return completes it, its exception fails it. */
  @FunctionalInterface
  public interface Body<R> {
    /**
     * @throws InterruptedException when the caller has gone; the way to end
     */
    void writeTo(Outlet<R> outlet) throws InterruptedException;
  }

  private final ServerCallStreamObserver<R> caller;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readiness = lock.newCondition();

  private Outlet(ServerCallStreamObserver<R> caller) {
    this.caller = caller;
  }

  /**
   * Serves a call. To be called within the service's method, with the observer that gRPC gave;
   * returns at once. When the caller goes away, the body's thread is interrupted.
   *
   * @param executor runs the body; one thread per call, so virtual ones
   */
  public static <R> void serve(StreamObserver<R> caller, Executor executor, Body<R> body) {
    var observer = (ServerCallStreamObserver<R>) caller;
    Outlet<R> outlet = new Outlet<>(observer);
    Interruption interruption = new Interruption();
    observer.setOnReadyHandler(outlet::wake);
    observer.setOnCancelHandler(interruption::interrupt);
    executor.execute(
        () -> {
          if (!interruption.begin()) {
            return;
          }
          try {
            body.writeTo(outlet);
            observer.onCompleted();
          } catch (InterruptedException e) {
            fail(observer, Failures.exception(ERROR_REASON_UNAVAILABLE, "The adapter stops."));
          } catch (RuntimeException e) {
            fail(observer, e);
          } catch (Error e) {
            // Or the caller would wait for ever.
            fail(observer, new IllegalStateException("The body of a call failed", e));
            throw e;
          } finally {
            interruption.end();
          }
        });
  }

  /**
   * Sends, after waiting until the caller keeps up.
   *
   * @throws InterruptedException if the caller has gone
   */
  public void send(R answer) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!caller.isReady()) {
        if (caller.isCancelled()) {
          throw new InterruptedException("The caller has gone");
        }
        readiness.await();
      }
    } finally {
      lock.unlock();
    }
    caller.onNext(answer);
  }

  private static void fail(ServerCallStreamObserver<?> caller, RuntimeException failure) {
    if (!caller.isCancelled()) {
      caller.onError(failure);
    }
  }

  private void wake() {
    lock.lock();
    try {
      readiness.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
