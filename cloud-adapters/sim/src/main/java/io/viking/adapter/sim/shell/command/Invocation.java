package io.viking.adapter.sim.shell.command;

import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.shell.io.Streams;
import io.viking.adapter.sim.shell.io.Terminal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a command.
 *
 * @param arguments without the command's name
 * @param directory the working directory, absolute
 * @param terminal that the session has, if any
 */
public record Invocation(
    List<String> arguments,
    String directory,
    Map<String, String> variables,
    Streams streams,
    Container container,
    Optional<Terminal> terminal) {

  FileTree files() {
    return container.files();
  }

  /** The absolute form of a path among the arguments. */
  String path(String argument) {
    return FileTree.absolute(directory, argument);
  }

  String argument(int index) throws UsageError {
    if (index >= arguments.size()) {
      throw new UsageError("missing operand");
    }
    return arguments.get(index);
  }
}
