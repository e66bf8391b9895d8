package io.viking.adapter.sim.shell.command;

import java.io.IOException;

/** A command. Without state: all that it needs comes with the call. */
@FunctionalInterface
public interface Command {
  /**
   * Plays it to its end.
   *
   * @return the exit code
   * @throws IOException what it says on stderr, behind its name, before it exits with 1
   * @throws InterruptedException when it is stopped from outside
   */
  int run(Invocation call) throws IOException, InterruptedException;
}
