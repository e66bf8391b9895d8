package io.viking.adapter.sim;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Failure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes of one call, those that can never be apart from those that go on to the cloud.
 *
 * @param faults of all changes, in order; empty: it is sound
 * @param sound the sound ones, in order
 */
record Batch<T>(List<Optional<CloudFailure>> faults, List<T> sound) {

  static <T> Batch<T> of(List<T> changes, Function<T, Optional<CloudFailure>> fault) {
    List<Optional<CloudFailure>> faults = new ArrayList<>();
    List<T> sound = new ArrayList<>();
    for (T change : changes) {
      Optional<CloudFailure> found = fault.apply(change);
      faults.add(found);
      if (found.isEmpty()) {
        sound.add(change);
      }
    }
    return new Batch<>(List.copyOf(faults), List.copyOf(sound));
  }

  /**
   * One for each change, in order; without a reason: done. Failures go into the books.
   *
   * @param outcomes of the sound ones, in order
   */
  List<Failure> failures(List<Optional<CloudFailure>> outcomes, Front front, String method) {
    Iterator<Optional<CloudFailure>> next = outcomes.iterator();
    List<Failure> failures = new ArrayList<>();
    for (Optional<CloudFailure> fault : faults) {
      Optional<CloudFailure> failure = fault.isPresent() ? fault : next.next();
      failures.add(
          failure.map(one -> front.item(method, one)).orElseGet(Failure::getDefaultInstance));
    }
    return List.copyOf(failures);
  }
}
