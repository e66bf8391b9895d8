package io.viking.adapter.sim.shell.command;

import io.viking.adapter.sim.files.FileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code test} and {@code [}: -d -e -f -s FILE, -n -z TEXT, A = B, A != B. */
final class TestFile implements Command {
  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    List<String> words = call.arguments();
    if (!words.isEmpty() && words.getLast().equals("]")) {
      words = words.subList(0, words.size() - 1);
    }
    if (!words.isEmpty() && words.getFirst().equals("!")) {
      return 1 - code(call, words.subList(1, words.size()));
    }
    return code(call, words);
  }

  private static int code(Invocation call, List<String> words) throws UsageError {
    boolean holds =
        switch (words.size()) {
          case 0 -> false;
          case 1 -> !words.getFirst().isEmpty();
          case 2 -> unary(call, words.getFirst(), words.getLast());
          case 3 ->
              switch (words.get(1)) {
                case "=", "==" -> words.getFirst().equals(words.getLast());
                case "!=" -> !words.getFirst().equals(words.getLast());
                default -> throw UsageError.option(words.get(1), "= and !=");
              };
          default -> throw new UsageError("too many arguments");
        };
    return holds ? 0 : 1;
  }

  private static boolean unary(Invocation call, String operator, String operand) throws UsageError {
    Optional<FileStatus> file = call.files().status(call.path(operand));
    return switch (operator) {
      case "-d" -> file.filter(FileStatus::directory).isPresent();
      case "-e" -> file.isPresent();
      case "-f" -> file.filter(f -> f.kind() == FileStatus.Kind.FILE).isPresent();
      case "-s" -> file.filter(f -> f.size() > 0).isPresent();
      case "-n" -> !operand.isEmpty();
      case "-z" -> operand.isEmpty();
      default -> throw UsageError.option(operator, "-d, -e, -f, -s, -n and -z");
    };
  }
}
