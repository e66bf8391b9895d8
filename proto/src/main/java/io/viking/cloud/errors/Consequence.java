package io.viking.cloud.errors;

/** What the orchestration does about a failure; the documented answer to each reason. */
public enum Consequence {
  /** Cool the (zone, type) down for everyone and try the next candidate. */
  OTHER_ZONE,
  /** Repeat the same call later, later each time, with no end. */
  BACK_OFF,
  /** Put the reason on the Kubernetes object and back off with long pauses: a human must act. */
  TELL_AND_WAIT,
  /** Never repeat it unchanged; tell the user the field and the way out. */
  FINAL,
  /** The thing is not there (any more): look at the lists again. */
  LOOK_AGAIN,
  /**
   * The attempt is spent: create with metadata {@code next_attempt}, if the object still wants an
   * instance and never ran.
   */
  NEXT_ATTEMPT,
  /** List, then watch from the list's revision. */
  LIST_AGAIN
}
