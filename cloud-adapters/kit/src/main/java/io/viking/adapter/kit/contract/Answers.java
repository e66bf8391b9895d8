package io.viking.adapter.kit.contract;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stream has brought a test's client, which takes as many answers as it is told to. */
final class Answers<Q, A> implements ClientResponseObserver<Q, A> {
  private final int atFirst;
  private final List<A> received = new ArrayList<>();
  private @Nullable ClientCallStreamObserver<Q> call;
  private Optional<CloudFailure> failure = Optional.empty();
  private boolean ended;

  /**
   * @param atFirst answers to take; more only when the call is asked for them
   */
  Answers(int atFirst) {
    this.atFirst = atFirst;
  }

  @Override
  public synchronized void beforeStart(ClientCallStreamObserver<Q> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(atFirst);
  }

  @Override
  public synchronized void onNext(A answer) {
    received.add(answer);
  }

  @Override
  public synchronized void onError(Throwable thrown) {
    failure = Optional.of(CloudFailures.from(thrown));
    ended = true;
  }

  @Override
  public synchronized void onCompleted() {
    ended = true;
  }

  synchronized List<A> received() {
    return List.copyOf(received);
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Empty while the call goes on, and if it was completed. */
  synchronized Optional<CloudFailure> failure() {
    return failure;
  }

  synchronized ClientCallStreamObserver<Q> call() {
    if (call == null) {
      throw new IllegalStateException("The call has not begun");
    }
    return call;
  }
}
