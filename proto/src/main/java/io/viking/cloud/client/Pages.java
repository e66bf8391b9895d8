package io.viking.cloud.client;

import io.grpc.StatusException;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.errors.Consequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lists that come in pages. A page after the first that fails is asked for again: a list of fifty
 * pages would else hardly ever come to its end where one call in twenty fails, and while nothing is
 * known nothing is done. What fails at the first page is for the caller's back-off.
 */
public final class Pages {
  /** Of one page. */
  static final int TRIES = 5;

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private Pages() {}

  /** Asks for one. */
  public interface Page<A> {
    /**
     * @param token "" for the first
     */
    A ask(String token) throws StatusException;
  }

  /**
   * All pages, in order; at least one. Blocks.
   *
   * @param next the token of the page after this one; "" for none
   * @throws StatusException of the page that could not be had
   */
  public static <A> List<A> all(Page<A> page, Function<A, String> next) throws StatusException {
    List<A> all = new ArrayList<>();
    String token = "";
    do {
      A answer = token.isEmpty() ? page.ask(token) : patiently(page, token);
      all.add(answer);
      token = next.apply(answer);
    } while (!token.isEmpty());
    return all;
  }

  private static <A> A patiently(Page<A> page, String token) throws StatusException {
    for (int tries = 1; ; tries++) {
      try {
        return page.ask(token);
      } catch (StatusException failed) {
        CloudFailure failure = CloudFailures.from(failed);
        if (tries == TRIES
            || failure.consequence() != Consequence.BACK_OFF
            || !pause(failure, tries)) {
          throw failed;
        }
      }
    }
  }

  /** Gives whether nobody wants it to end. */
  private static boolean pause(CloudFailure failure, int tries) {
    Duration pause = failure.retryAfter().orElse(PAUSE.multipliedBy(tries));
    try {
      Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
