package io.viking.adapter.sim.shell.command;

import java.io.IOException;

/** {@code mkdir [-p] DIRECTORY…}. */
final class MakeDirectory implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    boolean parents = call.argument(0).equals("-p");
    for (String operand : call.arguments().subList(parents ? 1 : 0, call.arguments().size())) {
      if (parents) {
        call.files().makeDirectories(call.path(operand));
      } else {
        call.files().makeDirectory(call.path(operand));
      }
    }
    return 0;
  }
}
