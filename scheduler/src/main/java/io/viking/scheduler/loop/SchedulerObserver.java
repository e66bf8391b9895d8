package io.viking.scheduler.loop;

/** Hears what a core does, for metrics. Called on the core's thread; returns at once. */
public interface SchedulerObserver {
  SchedulerObserver NONE =
      new SchedulerObserver() {
        @Override
        public void decided(Result result, int pods) {}

        @Override
        public void stepped(PendingCounts pending, boolean ready) {}
      };

  /** How a pod's scheduling ended, as kube-scheduler counts attempts. */
  enum Result {
    SCHEDULED,
    UNSCHEDULABLE,
    ERROR
  }

  void decided(Result result, int pods);

  /**
   * @param ready lists and catalog are in, so that decisions are made
   */
  void stepped(PendingCounts pending, boolean ready);
}
