package io.viking.adapter.sim.shell;

/** A script that this shell does not understand. */
final class SyntaxError extends Exception {
  private static final long serialVersionUID = 1L;

  SyntaxError(String message) {
    super(message);
  }

  static SyntaxError notSimulated(String what) {
    return new SyntaxError(
        what
            + " is not simulated: this shell has ; && || | ! quotes, $VAR, ${VAR:-word} and the"
            + " redirections < > >> 2> 2>&1");
  }
}
