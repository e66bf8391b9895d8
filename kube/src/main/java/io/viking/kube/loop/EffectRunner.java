package io.viking.kube.loop;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The acting half of a loop: makes the calls that a core asked for and turns their outcomes into
 * events. Stateless but for its clients; safe for many threads at once.
 */
public interface EffectRunner<E, F> {
  /** Where an effect queues. The same lane object for all effects of a kind. */
  Lane lane(F effect);

  /**
   * Makes the call, on a virtual thread, and returns what the core must hear of it. A failed call
   * is an event like any other; blocking calls have deadlines.
   */
  List<E> run(F effect) throws InterruptedException;

  /**
   * Begins the call of an effect whose {@link Lane#isBegun lane} says so, on the loop's thread or
   * that of another answer, and returns at once; the future holds what the core must hear of it,
   * and has a deadline.
   */
  default CompletableFuture<List<E>> begin(F effect) {
    throw new UnsupportedOperationException("no effect of this runner is begun: " + effect);
  }

  /**
   * What the core must hear when {@link #run} or {@link #begin} threw, which is a defect: usually
   * the event of a failed call, so that the core backs off and tries again rather than waiting for
   * ever.
   */
  List<E> crashed(F effect, RuntimeException defect);
}
