package io.viking.adapter.kit.stream;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The caller's end of a stream, whose readiness the test decides. */
final class FakeCaller<R> extends ServerCallStreamObserver<R> {
  private final List<R> received = new ArrayList<>();
  private Optional<Throwable> failure = Optional.empty();
  private Runnable onReady = () -> {};
  private Runnable onCancel = () -> {};
  private boolean ready = true;
  private boolean cancelled;

  List<R> received() {
    return received;
  }

  Optional<Throwable> failure() {
    return failure;
  }

  void ready(boolean now) {
    ready = now;
    if (now) {
      onReady.run();
    }
  }

  void cancel() {
    cancelled = true;
    onCancel.run();
  }

  @Override
  public void onNext(R answer) {
    if (!ready || cancelled || failure.isPresent()) {
      throw new IllegalStateException("Sent to a caller who does not take it: " + answer);
    }
    received.add(answer);
  }

  @Override
  public void onError(Throwable thrown) {
    failure = Optional.of(thrown);
  }

  @Override
  public void onCompleted() {}

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setOnCloseHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
