package io.viking.adapter.sim.shell.command;

import io.viking.adapter.sim.shell.io.Terminal;
import java.io.IOException;

/** {@code stty size}. */
final class TerminalSettings implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    Terminal terminal =
        call.terminal().orElseThrow(() -> new UsageError("standard input: Not a tty"));
    if (!call.arguments().equals(java.util.List.of("size"))) {
      throw UsageError.option(String.join(" ", call.arguments()), "size");
    }
    Terminal.Size size = terminal.size();
    call.streams().out().print(size.height() + " " + size.width() + "\n");
    return 0;
  }
}
