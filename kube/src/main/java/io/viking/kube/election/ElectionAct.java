package io.viking.kube.election;

/** What an {@link ElectionCore} wants done next. */
sealed interface ElectionAct {
  /**
   * Nothing before then.
   *
   * @param until nanoseconds of the monotonic clock
   */
  record Wait(long until) implements ElectionAct {}

  /** Reads the Lease from the API server itself. */
  record Look() implements ElectionAct {}

  /** Makes the Lease, held by us. */
  record Create() implements ElectionAct {}

  /** Writes that it is ours, if it still is what {@code base} says. */
  record Hold(LeaseRecord base) implements ElectionAct {}
}
