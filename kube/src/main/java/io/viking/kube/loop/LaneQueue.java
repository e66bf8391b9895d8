package io.viking.kube.loop;

import java.time.Duration;

/** One lane at work. Safe for all threads. */
interface LaneQueue<F> {
  /** Starts the effect now or as soon as those before it leave room; forgets it once stopped. */
  void submit(F effect);

  int waiting();

  int running();

  /** Forgets what waits and ends what runs, as far as it can. */
  void stop();

  /**
   * Waits, once stopped, for what runs.
   *
   * @return how many are left
   */
  int await(Duration atMost) throws InterruptedException;
}
