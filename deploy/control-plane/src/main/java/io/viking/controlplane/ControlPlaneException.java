package io.viking.controlplane;

/**
 * The control plane cannot do what was asked. The message is one sentence for a person: what is
 * wrong, the value it is about, and the way out. A caller prints it and exits; the cause, if any,
 * is for a debug log.
 */
public final class ControlPlaneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  public ControlPlaneException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public ControlPlaneException(String sentence, Throwable cause) {
    super(sentence, cause);
    this.sentence = sentence;
  }

  /** The message, which is never absent. */
  public String sentence() {
    return sentence;
  }
}
