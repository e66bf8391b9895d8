package io.viking.scheduler.zone;

/** What can still be had of the account's quotas, placements taken off that are not shown yet. */
public interface QuotaShelf {
  /** {@link Shelf#UNBOUNDED} if it is, or if the cloud names no quota of that name. */
  long left(String name);

  /** Negative if the cloud bounds nothing by that name. */
  long limit(String name);
}
