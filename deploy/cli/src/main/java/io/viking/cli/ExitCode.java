package io.viking.cli;

/** What the command's exit code tells; {@code viking --help} lists the same. */
public final class ExitCode {
  public static final int OK = 0;

  /** The command failed; a sentence on standard error says why. */
  public static final int FAILED = 1;

  /** The command line was wrong; nothing was done. */
  public static final int USAGE = 2;

  /** Nothing runs on this data directory. The code of "not running" in an init script. */
  public static final int NOT_RUNNING = 3;

  /** Ended by Ctrl-C before it was done, as a shell reports it. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
