package io.viking.cli.process;

import sun.misc.Signal;

/**
 * What this process does on Ctrl-C, SIGTERM and a closed terminal. Java's own answer, running the
 * shutdown hooks, neither knows a second Ctrl-C nor lets the stop be shown.
 */
public final class Signals {
  private static final String[] ENDING = {"INT", "TERM", "HUP"};

  private Signals() {}

  /**
   * Leaves Ctrl-C to a child in the foreground. A handler, since an ignored signal is inherited.
   */
  public static void ignoreInterrupt() {
    Signal.handle(new Signal("INT"), signal -> {});
  }

  /**
   * Takes over the signals that end a process.
   *
   * @param first told once, on a thread of the JVM's that must not be held up
   * @param again told each time after that
   */
  public static void onEnd(Runnable first, Runnable again) {
    var begun = new java.util.concurrent.atomic.AtomicBoolean();
    for (String name : ENDING) {
      Signal.handle(
          new Signal(name), signal -> (begun.compareAndSet(false, true) ? first : again).run());
    }
  }
}
