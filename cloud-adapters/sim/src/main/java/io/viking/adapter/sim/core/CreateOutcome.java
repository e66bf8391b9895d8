package io.viking.adapter.sim.core;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;

/** What became of one order. */
public sealed interface CreateOutcome {
  record Accepted(Instance instance) implements CreateOutcome {}

  /** It was there before. */
  record Existing(Instance instance) implements CreateOutcome {}

  record Refused(CloudFailure failure) implements CreateOutcome {}
}
