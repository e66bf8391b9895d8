package io.viking.bench.session;

/**
 * A benchmark cannot go on. The message is one sentence for the user: what is wrong, the value, and
 * the way out.
 */
public final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  public BenchFailure(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public BenchFailure(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
