package io.viking.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands in {@code viking --help}, by what they are for. */
final class CommandGroups implements IHelpSectionRenderer {
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Run a cluster", List.of("up", "status", "logs", "down", "reset"));
    GROUPS.put("Use it", List.of("kubectl", "kubeconfig", "explain"));
    GROUPS.put("Look at the cloud", List.of("cloud"));
    GROUPS.put("Measure and try it", List.of("bench", "simulate"));

    GROUPS.put("Run one part alone", List.of("scheduler", "syncer", "adapter"));
    GROUPS.put("About this command", List.of("version", "completion"));
  }

  /** Every command, in the order of the list. */
  static List<String> commands() {
    return GROUPS.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public String render(Help help) {
    var text = new StringBuilder();
    GROUPS.forEach(
        (title, names) -> {
          text.append(help.createHeading("%n" + title + ":%n"));
          text.append(table(help, names));
        });
    return text.toString();
  }

  private static String table(Help help, List<String> names) {
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(14, 2, Column.Overflow.SPAN),
            new Column(help.commandSpec().usageMessage().width() - 14, 0, Column.Overflow.WRAP));
    for (String name : names) {
      String header =
          Optional.ofNullable(help.commandSpec().subcommands().get(name))
              .map(command -> String.join(" ", command.getCommandSpec().usageMessage().header()))
              .orElseThrow(() -> new IllegalStateException("there is no command " + name));
      table.addRowValues(help.colorScheme().commandText(name), help.colorScheme().text(header));
    }
    return table.toString();
  }
}
