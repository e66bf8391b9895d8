package io.viking.kube.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.Response;
import okio.Okio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads to their ends, a little later, the bodies of answers that nobody reads: a connection is fit
 * for the next call then, and a stream that is given up before its end costs the server a reset.
 *
 * <p>A body mostly comes a moment after its headers. Who waited for it was woken twice for each
 * call; here one thread is for all that came in ten milliseconds. A body that breaks off is no
 * concern of the caller's: the status has told that the server did what it was asked to.
 */
final class UnreadAnswers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UnreadAnswers.class);
  private static final Duration SPACE = Duration.ofMillis(10);

  private final BlockingQueue<Response> left = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofVirtual().name("unread-answers").unstarted(this::run);

  void start() {
    thread.start();
  }

  /** Takes the answer over, to its end. */
  void add(Response answer) {
    left.add(answer);
  }

  private void run() {
    List<Response> round = new ArrayList<>();
    try {
      while (true) {
        round.add(left.take());
        Thread.sleep(SPACE);
        left.drainTo(round);
        round.forEach(UnreadAnswers::finish);
        round.clear();
      }
    } catch (InterruptedException closed) {
      round.forEach(Response::close);
    }
  }

  private static void finish(Response answer) {
    try (answer) {
      answer.body().source().readAll(Okio.blackhole());
    } catch (IOException brokenOff) {
      // The connection is given up by the HTTP client.
    } catch (RuntimeException defect) {
      // This thread must outlive any: without it connections are never free again.
      log.error("the rest of an answer cannot be read", defect);
    }
  }

  /** Gives up what is left. */
  @Override
  public void close() {
    thread.interrupt();
    left.forEach(Response::close);
  }
}
