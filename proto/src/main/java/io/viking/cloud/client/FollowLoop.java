package io.viking.cloud.client;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, then watches from the list's revision; after a break watches on where that is safe, lists
 * again where it is not. One virtual thread does all of it, the listener's calls included.
 */
final class FollowLoop<R> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FollowLoop.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final Followed<R> followed;
  private final FollowTiming timing;
  private final InstantSource clock;
  private final Backoff backoff;
  private final Thread thread;
  private volatile boolean closed;

  /** Confined to the thread. */
  private OptionalLong resumeAt = OptionalLong.empty();

  private int failuresInARow;

  /** The listener was told, and has not had a list since. */
  private boolean interrupted;

  /**
   * @param name of what is followed, for the thread and for logs
   */
  FollowLoop(
      String name,
      Followed<R> followed,
      FollowTiming timing,
      InstantSource clock,
      RandomGenerator random) {
    this.name = name;
    this.followed = followed;
    this.timing = timing;
    this.clock = clock;
    this.backoff = new Backoff(timing.shortestPause(), timing.longestPause(), random);
    this.thread = Thread.ofVirtual().name("follow-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends the calls under way; waits for the listener's call under way for at most two seconds. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    if (Thread.currentThread() == thread || thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        log.warn("following {}: the listener did not end when interrupted, left behind", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        Instant began = clock.instant();
        boolean renewed = follow();
        if (Duration.between(began, clock.instant()).compareTo(timing.healthyAfter()) >= 0) {
          backoff.reset();
        }
        if (!renewed && !closed) {
          Thread.sleep(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      if (!closed) {
        log.error("following {}: interrupted from outside; nothing is followed any more", name, e);
      }
    }
  }

  /**
   * @return whether the watch was well to its end and is only to be renewed
   */
  private boolean follow() throws InterruptedException {
    try {
      return listAndWatch();
    } catch (RuntimeException defect) {
      resumeAt = OptionalLong.empty();
      log.error("following {}: the listener threw; it gets the list again", name, defect);
      return false;
    }
  }

  private boolean listAndWatch() throws InterruptedException {
    try {
      if (resumeAt.isEmpty()) {
        resumeAt = OptionalLong.of(followed.list());
        interrupted = false;
      }
      watch(resumeAt.getAsLong());
      if (!followed.mayResumeAfterRenewal()) {
        resumeAt = OptionalLong.empty();
      }
      return true;
    } catch (StatusException e) {
      broke(e);
      return false;
    }
  }

  private void watch(long from) throws StatusException, InterruptedException {
    BlockingClientCall<?, R> call = followed.watch(from);
    try {
      take(read(call, timing.firstAnswer()).orElseThrow(this::noFirstAnswer));
      failuresInARow = 0;
      Instant renewal = clock.instant().plus(timing.renewal());
      while (clock.instant().isBefore(renewal)) {
        read(call, Duration.between(clock.instant(), renewal)).ifPresent(this::take);
      }
    } finally {
      call.cancel("no longer followed", null);
    }
  }

  private void take(R answer) {
    resumeAt = OptionalLong.of(followed.take(answer));
  }

  /**
   * @return empty if the patience is over
   */
  private Optional<R> read(BlockingClientCall<?, R> call, Duration patience)
      throws StatusException, InterruptedException {
    try {
      R answer = call.read(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw Status.UNAVAILABLE.withDescription("the adapter ended the watch").asException();
      }
      return Optional.of(answer);
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  private StatusException noFirstAnswer() {
    return Status.UNAVAILABLE
        .withDescription("the watch gave no first answer within " + timing.firstAnswer())
        .asException();
  }

  private void broke(StatusException cause) {
    if (closed) {
      return;
    }
    CloudFailure failure = CloudFailures.from(cause);
    if (failure.reason() == ErrorReason.ERROR_REASON_REVISION_TOO_OLD) {
      resumeAt = OptionalLong.empty();
      log.info("following {}: {}; listing again", name, failure);
      return;
    }
    failuresInARow++;
    if (!followed.mayResumeAfter(failure)) {
      resumeAt = OptionalLong.empty();
    }
    if (failuresInARow < 2 || interrupted) {
      log.debug("following {}: broken, trying again: {}", name, failure);
      return;
    }
    log.warn("following {}: out of reach, what is known may be old: {}", name, failure);
    interrupted = true;
    resumeAt = OptionalLong.empty();
    followed.interrupted(asRuntimeException(cause));
  }

  private static StatusRuntimeException asRuntimeException(StatusException cause) {
    return new StatusRuntimeException(cause.getStatus(), cause.getTrailers());
  }
}
