package io.viking.adapter.sim.core;

import io.viking.cloud.errors.CloudFailure;

/** What became of one delete. */
public sealed interface DeleteOutcome {
  /** It stops, or has gone in this call: a DELETED tells, or told, of it. */
  record Stopping() implements DeleteOutcome {}

  record Absent() implements DeleteOutcome {}

  /** THROTTLED; nothing happened, nothing is fenced. */
  record Refused(CloudFailure failure) implements DeleteOutcome {}
}
