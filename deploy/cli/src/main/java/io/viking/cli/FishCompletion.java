package io.viking.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish, which picocli does not write. */
final class FishCompletion {
  private FishCompletion() {}

  static String script(CommandLine root) {
    var lines = new ArrayList<String>();
    lines.add("complete -c viking -f");
    commands(root, "__fish_use_subcommand", lines);
    return String.join("\n", lines) + "\n";
  }

  private static void commands(CommandLine command, String here, List<String> lines) {
    command.getSubcommands().values().stream()
        .distinct()
        .filter(child -> !child.getCommandSpec().usageMessage().hidden())
        .forEach(
            child -> {
              CommandSpec spec = child.getCommandSpec();
              lines.add(
                  "complete -c viking -n '%s' -a %s -d %s"
                      .formatted(here, spec.name(), quoted(first(spec.usageMessage().header()))));
              String inside = "__fish_seen_subcommand_from " + spec.name();
              spec.options().stream()
                  .filter(option -> !option.hidden())
                  .forEach(option -> lines.add(option(option, inside)));
              commands(child, inside, lines);
            });
  }

  private static String option(OptionSpec option, String inside) {
    var line = new StringBuilder("complete -c viking -n '").append(inside).append('\'');
    for (String name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
    }
    if (option.arity().max() > 0) {
      line.append(" -r");
      if (option.completionCandidates() != null) {
        line.append(" -a ")
            .append(
                quoted(String.join(" ", option.completionCandidates()).toLowerCase(Locale.ROOT)));
      } else if (option.type() == java.nio.file.Path.class) {
        line.append(" -F");
      }
    }
    return line.append(" -d ").append(quoted(first(option.description()))).toString();
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
