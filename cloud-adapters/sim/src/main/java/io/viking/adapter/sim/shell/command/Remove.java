package io.viking.adapter.sim.shell.command;

import io.viking.adapter.sim.files.FileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code rm [-r] [-f] FILE…}. */
final class Remove implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    String options =
        String.join("", call.arguments().stream().filter(a -> a.matches("-.+")).toList());
    if (!options.matches("[-rfR]*")) {
      throw UsageError.option(options, "-r and -f");
    }
    List<String> operands = call.arguments().stream().filter(a -> !a.matches("-.+")).toList();
    for (String operand : operands) {
      String path = call.path(operand);
      Optional<FileStatus> status = call.files().status(path);
      if (status.filter(FileStatus::directory).isPresent() && !options.matches(".*[rR].*")) {
        throw new UsageError("'" + operand + "' is a directory");
      }
      if (status.isPresent() || !options.contains("f")) {
        call.files().remove(path);
      }
    }
    return 0;
  }
}
