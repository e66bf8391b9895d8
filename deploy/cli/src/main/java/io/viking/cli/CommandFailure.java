package io.viking.cli;

/**
 * A command cannot do what it was asked. The message is one sentence for the user that names what
 * is wrong, the value and the way out; it is printed without a stack trace.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public CommandFailure(String sentence) {
    this(ExitCode.FAILED, sentence);
  }

  public CommandFailure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public CommandFailure(String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = ExitCode.FAILED;
  }

  /** One of {@link ExitCode}; never 0. */
  public int exitCode() {
    return exitCode;
  }
}
