package io.viking.adapter.sim.shell.command;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** {@code env}, {@code printenv [NAME]}. */
final class Environment implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    if (!call.arguments().isEmpty()) {
      String value = call.variables().get(call.argument(0));
      if (value == null) {
        return 1;
      }
      call.streams().out().print(value + "\n");
      return 0;
    }
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> variable : new TreeMap<>(call.variables()).entrySet()) {
      lines.append(variable.getKey()).append('=').append(variable.getValue()).append('\n');
    }
    call.streams().out().print(lines.toString());
    return 0;
  }
}
