package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.core.SimInstance.NEVER;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * Instances by the time at which something happens to them; of one time, in the order of their
 * making. So the order of everything follows from the state alone, not from how it came about.
 */
final class TimerQueue {
  private final TreeSet<SimInstance> queue =
      new TreeSet<>(
          Comparator.<SimInstance>comparingLong(instance -> instance.due)
              .thenComparingLong(instance -> instance.serial));

  void reschedule(SimInstance instance) {
    long due = instance.removed ? NEVER : instance.nextDue();
    if (due == instance.due) {
      return;
    }
    if (instance.due != NEVER) {
      queue.remove(instance);
    }
    instance.due = due;
    if (due != NEVER) {
      queue.add(instance);
    }
  }

  /** NEVER if nothing will happen by itself. */
  long next() {
    return queue.isEmpty() ? NEVER : queue.first().due;
  }

  SimInstance first() {
    return queue.first();
  }
}
