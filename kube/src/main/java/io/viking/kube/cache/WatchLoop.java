package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ListWatch;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.WatchFrame;
import io.viking.kube.client.WatchStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists, then watches; after a break it watches on from where it was, and lists again only when the
 * server does not keep that moment any more.
 *
 * <p>A platform thread of its own. The system shares the cores among it and all others; a virtual
 * thread would wait in line behind every call that is under way, and an API server ends a watch
 * whose reader is late.
 */
final class WatchLoop<T extends KubernetesObject> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatchLoop.class);
  private static final int GONE = 410;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  /** Takes what comes, on the loop's thread. */
  interface Sink<T> {
    /**
     * Lists all that there is.
     *
     * @return the list's resource version
     */
    String list() throws InterruptedException;

    /** Takes what a watch tells; never a {@link WatchFrame.Refused}. */
    void take(WatchFrame<T> frame) throws InterruptedException;

    /** A list or a watch failed, or ended early. */
    void broke();
  }

  private final String name;
  private final ListWatch<T> source;
  private final Sink<T> sink;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final WatchTiming timing;
  private final WatchPace pace;
  private final Thread reader;
  private volatile Optional<WatchStream<T>> standing = Optional.empty();
  private volatile boolean closed;

  /** Confined to the reader. */
  private Optional<String> resumeAt = Optional.empty();

  /**
   * @param name for the thread and the log: the plural of the kind
   */
  WatchLoop(
      String name,
      ListWatch<T> source,
      Sink<T> sink,
      InstantSource clock,
      RandomGenerator random,
      WatchTiming timing) {
    this.name = name;
    this.source = source;
    this.sink = sink;
    this.clock = clock;
    this.random = random;
    this.timing = timing;
    this.pace = new WatchPace(timing, random);
    this.reader = Thread.ofPlatform().daemon().name("cache-" + name).unstarted(this::follow);
  }

  /** Begins; returns at once. */
  void start() {
    reader.start();
  }

  /** Stops, and waits a little for what is being taken. */
  @Override
  public void close() {
    closed = true;
    standing.ifPresent(WatchStream::cancel);
    reader.interrupt();
    if (reader.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!reader.join(CLOSE_WITHIN)) {
        log.warn("cache {}: a thread did not end when interrupted and is left behind", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    try {
      while (!closed) {
        pace.begins(clock.instant());
        boolean failed = !listAndWatch();
        Instant ended = clock.instant();
        if (!pace.stoodWell(ended)) {
          sink.broke();
        }
        if (!closed) {
          Thread.sleep(pace.pauseAfter(failed, ended));
        }
      }
    } catch (InterruptedException e) {
      if (!closed) {
        log.error("cache {}: its thread was interrupted from outside; it has stopped", name, e);
      }
    }
  }

  /**
   * Returns when the watch has ended, for whatever reason.
   *
   * @return whether the server ended it in order
   */
  private boolean listAndWatch() throws InterruptedException {
    try {
      String from = resumeAt.isPresent() ? resumeAt.get() : sink.list();
      resumeAt = Optional.of(from);
      watch(from);
      return true;
    } catch (KubeApiException e) {
      if (!e.isRetriable()) {
        resumeAt = Optional.empty();
      }
      if (!closed && e.code() != GONE) {
        log.warn("cache {}: interrupted, content may be old: {}", name, e.getMessage());
      }
    } catch (RuntimeException defect) {
      resumeAt = Optional.empty();
      log.error("cache {}: a defect; listing again", name, defect);
    }
    return false;
  }

  private void watch(String from) throws InterruptedException {
    try (WatchStream<T> stream = source.watch(from, timing.nextLifetime(random))) {
      standing = Optional.of(stream);
      while (!closed) {
        Optional<WatchFrame<T>> frame = stream.next();
        if (frame.isEmpty()) {
          return;
        }
        take(frame.get());
      }
    } finally {
      standing = Optional.empty();
    }
  }

  private void take(WatchFrame<T> frame) throws InterruptedException {
    // Asked for first: who takes the frame may change the object in it.
    String reached =
        switch (frame) {
          case WatchFrame.Upserted<T>(T object) -> ObjectRef.of(object).resourceVersion();
          case WatchFrame.Removed<T>(T object) -> ObjectRef.of(object).resourceVersion();
          case WatchFrame.Bookmark<T>(String resourceVersion) -> resourceVersion;
          case WatchFrame.Unreadable<T> unreadable ->
              unreadable.object().object().resourceVersion();
          case WatchFrame.Refused<T>(KubeApiException cause) -> throw cause;
        };
    sink.take(frame);
    if (!reached.isEmpty()) {
      resumeAt = Optional.of(reached);
      pace.tells();
    }
  }
}
