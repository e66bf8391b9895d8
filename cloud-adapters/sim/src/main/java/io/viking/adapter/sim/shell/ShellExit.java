package io.viking.adapter.sim.shell;

/** {@code exit N}: the way out of a shell. */
final class ShellExit extends Exception {
  private static final long serialVersionUID = 1L;

  private final int code;

  ShellExit(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }
}
