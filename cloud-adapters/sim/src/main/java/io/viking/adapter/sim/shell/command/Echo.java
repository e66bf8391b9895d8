package io.viking.adapter.sim.shell.command;

import java.io.IOException;
import java.util.List;

/** {@code echo [-n] WORD…}. */
final class Echo implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    List<String> words = call.arguments();
    boolean sameLine = !words.isEmpty() && words.getFirst().equals("-n");
    String text = String.join(" ", sameLine ? words.subList(1, words.size()) : words);
    call.streams().out().print(sameLine ? text : text + "\n");
    return 0;
  }
}
