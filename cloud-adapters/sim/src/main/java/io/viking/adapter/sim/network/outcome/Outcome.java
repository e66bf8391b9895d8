package io.viking.adapter.sim.network.outcome;

import io.viking.cloud.errors.CloudFailure;

/** What became of a call as a whole. Refused: nothing has happened. */
public sealed interface Outcome<T> {
  /** It was done, now or before. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It was not done. */
  record Refused<T>(CloudFailure failure) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(CloudFailure failure) {
    return new Refused<>(failure);
  }
}
