package io.viking.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.door.DoorRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/configuration.md says neither less nor more than the command itself. */
class ConfigurationPageTest {
  private static final Path ROOT = Path.of("../..");

  /** Flags that the page explains once for all commands. */
  private static final Set<String> COMMON = Set.of("--help", "--debug");

  /** Set by the launcher for the program, or by tests for the launcher. */
  private static final Set<String> INTERNAL =
      Set.of("VIKING_HOME", "VIKING_LAUNCHER", "VIKING_JDK_ROOT");

  /** Heading to its lines. */
  private static Map<String, List<String>> sections;

  @BeforeAll
  static void read() throws IOException {
    sections = new TreeMap<>();
    List<String> section = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/configuration.md"))) {
      if (line.startsWith("## ")) {
        section = new ArrayList<>();
        sections.put(line.substring(3), section);
      }
      section.add(line);
    }
  }

  @Test
  void everyCommand_hasASection_andNoOtherIsThere() {
    Set<String> commands =
        commands(Main.commandLine())
            .map(command -> command.getCommandSpec().qualifiedName())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(sections.keySet().stream().filter(name -> name.startsWith("viking ")))
        .containsExactlyInAnyOrderElementsOf(commands);
  }

  @Test
  void everyFlag_standsUnderItsCommand_withItsNamesAndDefault_andNoOther() {
    assertThat(commands(Main.commandLine()))
        .allSatisfy(
            command -> {
              String name = command.getCommandSpec().qualifiedName();
              assertThat(documented(sections.get(name)))
                  .as(name)
                  .isEqualTo(
                      flags(command).stream()
                          .filter(flag -> !COMMON.contains(flag.longestName()))
                          .collect(flagsByNames()));
            });
  }

  @Test
  void flagsOfAllCommands_standAtTheTop() {
    assertThat(documented(sections.get("All commands")).keySet())
        .containsExactlyInAnyOrder("`--help`, `-h`", "`--debug`");
  }

  @Test
  void exitCodes_areThoseOfTheHelp() {
    List<String> documented =
        sections.get("All commands").stream()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .map(line -> line.split("\\|", -1)[1].strip())
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            Main.commandLine().getCommandSpec().usageMessage().exitCodeList().keySet());
  }

  @Test
  void everyRuleOfTheDoor_isExplained_andNoOther() {
    assertThat(sections.get("The door"))
        .filteredOn(line -> line.matches("\\| `\\w+` \\|.*"))
        .containsExactlyElementsOf(
            Arrays.stream(DoorRule.values())
                .map(rule -> "| `%s` | %s |".formatted(rule.key(), rule.meaning()))
                .toList());
  }

  @Test
  void everyVariableOfOurs_isExplained_andNoOther() throws IOException {
    Set<String> used = new TreeSet<>();
    var variable = Pattern.compile("VIKING_[A-Z_]+");
    try (Stream<Path> files =
        Stream.of("viking", "verify", "deploy", "kube", "scheduler", "syncer", "cloud-adapters")
            .map(ROOT::resolve)
            .flatMap(ConfigurationPageTest::sources)) {
      files.forEach(
          file -> {
            var found = variable.matcher(content(file));
            while (found.find()) {
              used.add(found.group());
            }
          });
    }
    used.removeAll(INTERNAL);

    var explained = variable.matcher(String.join("\n", sections.get("Variables")));
    Set<String> names = new TreeSet<>();
    while (explained.find()) {
      names.add(explained.group());
    }
    assertThat(names).isEqualTo(used);
  }

  /** Those that do something by themselves, some with others below them; not {@code viking}. */
  private static Stream<CommandLine> commands(CommandLine command) {
    Stream<CommandLine> below =
        command.getSubcommands().values().stream().flatMap(ConfigurationPageTest::commands);
    boolean acts = command.getSubcommands().isEmpty() || command.getCommand() instanceof Callable;
    return acts && command.getParent() != null ? Stream.concat(Stream.of(command), below) : below;
  }

  private static List<OptionSpec> flags(CommandLine command) {
    return command.getCommandSpec().options().stream().filter(flag -> !flag.hidden()).toList();
  }

  private static Collector<OptionSpec, ?, Map<String, String>> flagsByNames() {
    return Collectors.toMap(
        flag ->
            Arrays.stream(flag.names())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ")),
        flag ->
            flag.defaultValue() == null || flag.defaultValue().isEmpty()
                ? ""
                : "`" + flag.defaultValue() + "`");
  }

  /** Names of the flags in a section's tables, with the default as it is in code type, or "". */
  private static Map<String, String> documented(List<String> section) {
    return section.stream()
        .filter(line -> line.startsWith("| `-"))
        .map(line -> line.split("\\|", -1))
        .collect(
            Collectors.toMap(
                cells -> cells[1].strip(),
                cells -> cells[2].strip().startsWith("`") ? cells[2].strip() : ""));
  }

  private static Stream<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*/(target|src/test)/.*"))
          .filter(file -> file.toString().matches(".*(/viking|/verify|\\.sh|\\.java)"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
