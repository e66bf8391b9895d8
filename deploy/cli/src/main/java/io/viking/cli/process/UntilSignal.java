package io.viking.cli.process;

import io.viking.cli.ExitCode;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Something that is started, stays until a signal ends it, and is stopped. */
public interface UntilSignal {
  /** Starts it; returns when it has begun. A signal interrupts this. */
  void start() throws IOException, InterruptedException;

  /** Stops whatever was started; called once, also if the start failed. */
  void stop();

  /**
   * Runs it on this thread. The first signal stops it cleanly, a second ends the process at once.
   *
   * @return whether the start was through when the signal came
   */
  default boolean run() throws IOException {
    var end = new CountDownLatch(1);
    Thread starter = Thread.currentThread();
    Signals.onEnd(
        () -> {
          end.countDown();
          starter.interrupt();
        },
        () -> Runtime.getRuntime().halt(ExitCode.INTERRUPTED));
    boolean started = false;
    try {
      start();
      started = true;
      end.await();
    } catch (InterruptedException e) {
      // A signal; what is left to do is the same as after the wait.
    } finally {
      Thread.interrupted();
      stop();
    }
    return started;
  }
}
