package io.viking.adapter.sim.shell.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What tar is told.
 *
 * @param extract or else create
 * @param directory where it works
 */
record TarOptions(boolean extract, String directory, List<String> operands) {
  /** They say what is so anyhow. */
  private static final Set<String> IGNORED =
      Set.of("--no-same-permissions", "--no-same-owner", "--same-permissions", "--overwrite");

  private static final String KNOWN = "c, x, f -, m, p, o, v and -C";

  static TarOptions parse(List<String> arguments) throws UsageError {
    boolean create = false;
    boolean extract = false;
    String directory = ".";
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (IGNORED.contains(argument)) {
        continue;
      }
      // The first word needs no dash: "tar cf -".
      boolean bundle = argument.matches("-[a-zA-Z]+") || (i == 0 && argument.matches("[a-z]+"));
      if (!bundle) {
        if (argument.startsWith("--")) {
          throw UsageError.option(argument, KNOWN);
        }
        operands.add(argument);
        continue;
      }
      for (char letter : argument.replaceFirst("^-", "").toCharArray()) {
        switch (letter) {
          case 'c' -> create = true;
          case 'x' -> extract = true;
          case 'm', 'p', 'o', 'v' -> {}
          case 'f' -> {
            i++;
            if (i == arguments.size() || !arguments.get(i).equals("-")) {
              throw new UsageError("the archive must be - (the standard streams)");
            }
          }
          case 'C' -> {
            i++;
            if (i == arguments.size()) {
              throw new UsageError("option requires an argument: -C");
            }
            directory = arguments.get(i);
          }
          default -> throw UsageError.option("-" + letter, KNOWN);
        }
      }
    }
    if (create == extract) {
      throw new UsageError("give one of c and x");
    }
    return new TarOptions(extract, directory, List.copyOf(operands));
  }
}
