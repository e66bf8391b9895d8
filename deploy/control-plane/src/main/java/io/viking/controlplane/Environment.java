package io.viking.controlplane;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the surrounding process says about itself: its variables and the home directory.
 *
 * @param variables as {@link System#getenv()}
 * @param home of the user
 */
public record Environment(Map<String, String> variables, Path home) {

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** This process's. {@code HOME} counts, as for kubectl; Java itself asks the user database. */
  public static Environment system() {
    Path account = Path.of(System.getProperty("user.home"));
    var asked = new Environment(System.getenv(), account);
    return new Environment(System.getenv(), asked.directory("HOME").orElse(account));
  }

  /** A variable's value; an empty value counts as unset, as the XDG specification asks. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /** An absolute directory that a variable names; relative ones are ignored (XDG). */
  public Optional<Path> directory(String name) {
    return variable(name).map(Path::of).filter(Path::isAbsolute);
  }

  /** The first executable file of that name on {@code PATH}. */
  public Optional<Path> executable(String name) {
    for (String directory : variable("PATH").orElse("").split(File.pathSeparator, -1)) {
      if (directory.isEmpty()) {
        continue;
      }
      Path candidate = Path.of(directory, name);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate.toAbsolutePath());
      }
    }
    return Optional.empty();
  }
}
