package io.viking.adapter.sim.shell.io;

import java.io.IOException;

/** Written to what nobody reads any more: the writer ends, without a word. */
public final class BrokenPipe extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenPipe() {
    super("Broken pipe");
  }
}
