package io.viking.adapter.sim.shell;

import io.viking.adapter.sim.shell.command.Container;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.adapter.sim.shell.io.Streams;
import io.viking.adapter.sim.shell.io.Terminal;
import java.util.List;
import java.util.Optional;

/**
 * Plays one command of a container on the calling thread (parts of pipelines on virtual threads of
 * their own). The words of the command are taken as they are; only {@code sh} reads scripts.
 *
 * @param terminal that the streams lead to, if any
 * @param signals tell an interrupt from the terminal apart from other interruptions
 */
public record Shell(
    Container container, Streams streams, Optional<Terminal> terminal, Signals signals) {
  public static final int INTERRUPTED = 130;
  public static final int KILLED = 137;

  /**
   * Plays a command to its end.
   *
   * @return the exit code, {@link #KILLED} or {@link #INTERRUPTED} after such a signal included
   * @throws InterruptedException if the thread was interrupted without a signal
   */
  public int run(List<String> command) throws InterruptedException {
    State state = new State(container.environment(), container.directory());
    signals.play();
    try {
      return new Interpreter(this).call(command, state, streams);
    } catch (ShellExit exit) {
      return exit.code();
    } catch (InterruptedException e) {
      if (signals.killed()) {
        return KILLED;
      }
      if (signals.taken()) {
        return INTERRUPTED;
      }
      throw e;
    } finally {
      signals.over();
    }
  }
}
