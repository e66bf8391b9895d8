package io.viking.adapter.kit.stream;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.ChangeLog.Read;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * One caller's watch on a {@link ChangeLog}. It answers at once, if only with the revision; then
 * with what changed, as fast as the caller takes it and no faster; and ends with REVISION_TOO_OLD
 * when the caller has fallen behind what the log keeps. A caller whose things do not change is told
 * the revision now and then, so that it can resume after a pause.
 *
 * <p>At most one thread at a time is in {@link #pump}; all others leave a mark in {@code pending}.
 */
public final class ChangeStream<K, V, R> {
  /**
   * Of one answer: far enough below the 4 MiB of a message, and enough for thousands of changes.
   */
  private static final int ANSWER_BYTES = 1 << 20;

  /** Makes an answer of a revision and the changes up to it. */
  @FunctionalInterface
  public interface Answer<K, V, R> {
    R of(long revision, List<Change<K, V>> changes);
  }

  private final ChangeLog<K, V> log;
  private final Predicate<? super Change<K, V>> wanted;
  private final Answer<K, V, R> answer;
  private final ServerCallStreamObserver<R> caller;
  private final Executor executor;
  private final Runnable listener = this::wake;
  private final AtomicInteger pending = new AtomicInteger();

  // Touched in pump only.
  private long position;
  private long told = -1;
  private boolean ended;

  private ChangeStream(
      ChangeLog<K, V> log,
      long since,
      Predicate<? super Change<K, V>> wanted,
      Answer<K, V, R> answer,
      ServerCallStreamObserver<R> caller,
      Executor executor) {
    this.log = log;
    this.wanted = wanted;
    this.answer = answer;
    this.caller = caller;
    this.executor = executor;
    this.position = since;
  }

  /**
   * Serves the stream until the caller ends it. To be called within the service's method, with the
   * observer that gRPC gave; returns at once.
   *
   * @param since the revision up to which the caller knows
   * @param executor where answers are made and sent; never the calling thread's own
   */
  public static <K, V, R> void serve(
      ChangeLog<K, V> log,
      long since,
      Predicate<? super Change<K, V>> wanted,
      Answer<K, V, R> answer,
      StreamObserver<R> caller,
      Executor executor) {
    var observer = (ServerCallStreamObserver<R>) caller;
    var stream = new ChangeStream<>(log, since, wanted, answer, observer, executor);
    observer.setOnReadyHandler(stream::wake);
    observer.setOnCancelHandler(stream::unsubscribe);
    observer.setOnCloseHandler(stream::unsubscribe);
    log.listen(stream.listener);
    stream.wake();
  }

  private void wake() {
    if (pending.getAndIncrement() == 0) {
      executor.execute(this::pump);
    }
  }

  private void unsubscribe() {
    log.ignore(listener);
  }

  private void pump() {
    int seen;
    do {
      seen = pending.get();
      try {
        sendWhileReady();
      } catch (RuntimeException e) {
        end(e);
      }
    } while (pending.addAndGet(-seen) != 0);
  }

  private void sendWhileReady() {
    boolean more = true;
    while (more && !ended && !caller.isCancelled() && caller.isReady()) {
      switch (log.read(position, wanted, ANSWER_BYTES)) {
        case Read.TooOld<K, V>(long oldest) -> {
          end(tooOld(position, oldest));
        }
        case Read.Changes<K, V>(var changes, long revision, boolean goesOn) -> {
          position = revision;
          more = goesOn;
          if (!changes.isEmpty() || told < 0 || revision - told > log.capacity() / 4) {
            caller.onNext(answer.of(revision, changes));
            told = revision;
          }
        }
      }
    }
  }

  private void end(RuntimeException failure) {
    unsubscribe();
    if (!ended && !caller.isCancelled()) {
      ended = true;
      caller.onError(failure);
    }
  }

  private static RuntimeException tooOld(long wanted, long oldest) {
    return Failures.exception(
        CloudFailure.of(
                ErrorReason.ERROR_REASON_REVISION_TOO_OLD,
                "Revision %d cannot be resumed from; the oldest that can is %d. List again."
                    .formatted(wanted, oldest))
            .with("oldest_revision", Long.toString(oldest)));
  }
}
