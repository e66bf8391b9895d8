package io.viking.bench.apiserver;

import io.viking.kube.client.KubeApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Response;
import okio.Okio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over all pods that nobody decodes: the load that somebody's watches put on the API
 * server, without the somebody.
 */
public final class DrainedWatches implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DrainedWatches.class);

  /** From any moment that the server has at hand, for an hour. */
  private static final String PATH =
      "/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=0&timeoutSeconds=3600";

  private final List<Watch> watches = new ArrayList<>();

  /**
   * Opens so many; returns when they stand.
   *
   * @throws KubeApiException the server refuses
   */
  public DrainedWatches(RawCalls calls, int count) {
    for (int i = 0; i < count; i++) {
      var watch = new Watch(calls);
      watches.add(watch);
      watch.thread.start();
    }
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }

  private static final class Watch {
    private final RawCalls calls;
    private final AtomicReference<Response> standing;
    private final Thread thread;
    private volatile boolean closed;

    Watch(RawCalls calls) {
      this.calls = calls;
      this.standing = new AtomicReference<>(calls.open(PATH));
      this.thread = Thread.ofVirtual().name("drained-watch").unstarted(this::drain);
    }

    private void drain() {
      while (!closed) {
        try (Response response = standing.get()) {
          response.body().source().readAll(Okio.blackhole());
        } catch (IOException broken) {
          log.debug("a drained watch broke", broken);
        }
        if (!closed) {
          again();
        }
      }
    }

    private void again() {
      try {
        Thread.sleep(100);
        standing.set(calls.open(PATH));
      } catch (InterruptedException | KubeApiException stopped) {
        closed = true;
        log.warn("a watch that the floor had opened is gone: {}", stopped.getMessage());
      }
    }

    void close() {
      closed = true;
      standing.get().close();
      thread.interrupt();
    }
  }
}
