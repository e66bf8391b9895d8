package io.viking.cli.bench;

import io.viking.bench.StormSettings;
import io.viking.bench.workload.Mode;
import io.viking.bench.workload.TokenUse;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * What a storm is, for every benchmark that makes one; whether with tokens and how often each says
 * itself.
 */
public final class StormOptions {
  /** Ten times what a cluster is made for; more is a slip of the finger. */
  private static final int MOST_PODS = 100_000;

  /** A night's worth. */
  private static final int MOST_TIMES = 100;

  /** Beyond that an API server turns calls away. */
  private static final int WIDEST = 1_000;

  @Option(
      names = "--pods",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int pods;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "deployment",
      description =
          "Who creates them: ${COMPLETION-CANDIDATES}; bare is the client itself (default:"
              + " ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Mode mode;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Pods that each storm and the floor begin with, unmeasured; 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--widths",
      paramLabel = "N",
      split = ",",
      defaultValue = "16,48,128",
      description =
          "How many pods the floor has under way at once; each is run, and the best counts"
              + " (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<Integer> widths;

  /** Which rounds are run. */
  enum Tokens {
    BOTH(List.of(TokenUse.WITH, TokenUse.WITHOUT)),
    WITH(List.of(TokenUse.WITH)),
    WITHOUT(List.of(TokenUse.WITHOUT));

    private final List<TokenUse> uses;

    Tokens(List<TokenUse> uses) {
      this.uses = uses;
    }
  }

  /**
   * @throws IllegalArgumentException a value makes no sense; one sentence
   */
  StormSettings settings(Tokens tokens, int times, boolean keepGoing) {
    check("--pods", pods, 1, MOST_PODS);
    check("--warm-up", warmUp, 0, MOST_PODS);
    check("--times", times, 1, MOST_TIMES);
    widths.forEach(width -> check("--widths", width, 1, WIDEST));
    return new StormSettings(pods, mode, tokens.uses, widths, warmUp, times, keepGoing);
  }

  private static void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s=%d: name a number from %d to %d.".formatted(option, value, least, most));
    }
  }
}
