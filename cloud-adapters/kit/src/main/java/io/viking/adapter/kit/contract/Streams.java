package io.viking.adapter.kit.contract;

import static org.awaitility.Awaitility.await;

import io.grpc.stub.StreamObserver;
import io.viking.cloud.errors.CloudFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A call with streams both ways as a test's client holds it: takes what it is told to take, and
 * sends no faster than the transport lets it.
 */
final class Streams<Q, A> implements AutoCloseable {
  private final Duration patience;
  private final Answers<Q, A> answers;

  private Streams(Duration patience, Answers<Q, A> answers) {
    this.patience = patience;
    this.answers = answers;
  }

  /**
   * @param take answers to take; more only after {@link #take}
   */
  static <Q, A> Streams<Q, A> open(
      Duration patience, int take, Function<StreamObserver<A>, StreamObserver<Q>> method) {
    Answers<Q, A> answers = new Answers<>(take);
    var _ = method.apply(answers);
    return new Streams<>(patience, answers);
  }

  /** Sends, after waiting until the transport takes it. */
  void send(Q message) {
    await("the adapter takes what is sent to it")
        .atMost(patience)
        .until(() -> ready() || answers.ended());
    if (!answers.ended()) {
      answers.call().onNext(message);
    }
  }

  boolean ready() {
    return answers.call().isReady();
  }

  void take(int more) {
    answers.call().request(more);
  }

  void halfClose() {
    answers.call().onCompleted();
  }

  List<A> received() {
    return answers.received();
  }

  /** Waits for what has come so far to satisfy that; fails when the call ends without. */
  List<A> awaitReceived(String what, Predicate<List<A>> wanted) {
    await(what)
        .atMost(patience)
        .until(
            () -> {
              boolean over = answers.ended();
              boolean satisfied = wanted.test(received());
              if (over && !satisfied) {
                throw new AssertionError(
                    what + ": the call has ended with " + answers.failure() + " and " + received());
              }
              return satisfied;
            });
    return received();
  }

  /** Waits for the end of the call: empty if it was completed. */
  Optional<CloudFailure> awaitEnd() {
    await("end of a call").atMost(patience).until(answers::ended);
    return answers.failure();
  }

  void cancel() {
    answers.call().cancel("The test's caller goes away", null);
  }

  @Override
  public void close() {
    if (!answers.ended()) {
      cancel();
    }
  }
}
