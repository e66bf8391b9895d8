package io.viking.adapter.sim.network.tls;

/** A certificate or key that cannot serve. Its sentence names neither. */
public final class UnusableKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  UnusableKeyException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /** What is wrong; no secret is in it. */
  public String sentence() {
    return sentence;
  }
}
