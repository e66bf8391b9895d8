package io.viking.cloud.client;

import io.grpc.Status;
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
 * known nothing is done. What fails at the first page, or wants a longer wait than two seconds, is
 * for the caller's back-off.
 */
public final class Pages {
  /** Of one page. */
  static final int TRIES = 5;

  /** Of one page that nothing is heard of until its deadline: such a wait is long. */
  private static final int UNANSWERED = 2;

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

  /** What all pages have, in order; as {@link #all}. */
  public static <A, T> List<T> items(
      Page<A> page, Function<A, String> next, Function<A, List<T>> items) throws StatusException {
    return all(page, next).stream().flatMap(answer -> items.apply(answer).stream()).toList();
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
    int unanswered = 0;
    for (int tries = 1; ; tries++) {
      try {
        return page.ask(token);
      } catch (StatusException failed) {
        unanswered += failed.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED ? 1 : 0;
        CloudFailure failure = CloudFailures.from(failed);
        Duration pause = failure.retryAfter().orElse(PAUSE.multipliedBy(tries));
        boolean mayHelp =
            tries < TRIES
                && unanswered < UNANSWERED
                && failure.consequence() == Consequence.BACK_OFF
                && pause.compareTo(LONGEST_PAUSE) <= 0;
        if (!mayHelp || !waited(pause)) {
          throw failed;
        }
      }
    }
  }

  /** Gives whether nobody wanted it to end. */
  private static boolean waited(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
