package io.viking.adapter.sim.shell.command;

import com.google.common.base.Strings;
import io.viking.adapter.sim.files.FileError;
import io.viking.adapter.sim.files.FileStatus;
import io.viking.adapter.sim.shell.io.Sink;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ls [-l] [-a] [-1] [-d] [FILE…]}. */
final class ListFiles implements Command {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM d HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    String options =
        String.join("", call.arguments().stream().filter(a -> a.matches("-.+")).toList());
    if (!options.matches("[-la1dA]*")) {
      throw UsageError.option(options, "-l, -a, -1 and -d");
    }
    List<String> named = call.arguments().stream().filter(a -> !a.matches("-.+")).toList();
    List<String> operands = named.isEmpty() ? List.of(".") : named;
    boolean details = options.contains("l");
    boolean hidden = options.contains("a") || options.contains("A");
    Sink out = call.streams().out();
    int exit = 0;
    for (String operand : operands) {
      String path = call.path(operand);
      Optional<FileStatus> status = call.files().status(path);
      if (status.isEmpty()) {
        call.streams().err().print("ls: " + operand + ": No such file or directory\n");
        exit = 1;
      } else if (!status.get().directory() || options.contains("d")) {
        out.print(line(operand, status.get(), details));
      } else {
        if (operands.size() > 1) {
          out.print(operand + ":\n");
        }
        out.print(directory(call, path, details, hidden));
      }
    }
    return exit;
  }

  private static String directory(Invocation call, String path, boolean details, boolean hidden)
      throws FileError {
    StringBuilder lines = new StringBuilder();
    call.files()
        .list(path)
        .forEach(
            (name, status) -> {
              if (hidden || !name.startsWith(".")) {
                lines.append(line(name, status, details));
              }
            });
    return lines.toString();
  }

  private static String line(String name, FileStatus status, boolean details) {
    if (!details) {
      return name + "\n";
    }
    return permissions(status)
        + " 1 root root "
        + Strings.padStart(Long.toString(status.size()), 8, ' ')
        + " "
        + TIME.format(status.modified())
        + " "
        + name
        + "\n";
  }

  private static String permissions(FileStatus status) {
    StringBuilder text =
        new StringBuilder(
            switch (status.kind()) {
              case DIRECTORY -> "d";
              case DEVICE -> "c";
              case FILE -> "-";
            });
    for (int bit = 8; bit >= 0; bit--) {
      text.append((status.mode() >> bit & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
    }
    return text.toString();
  }
}
