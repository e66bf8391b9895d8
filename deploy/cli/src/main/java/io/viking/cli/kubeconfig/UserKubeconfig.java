package io.viking.cli.kubeconfig;

import io.viking.cli.CommandFailure;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** The user's own kubeconfig, changed only by {@link #merge}. */
public final class UserKubeconfig {
  private static final String BACKUP = ".before-viking";

  private final Path file;

  private UserKubeconfig(Path file) {
    this.file = file;
  }

  /**
   * The file that kubectl would write a new context to: of {@code $KUBECONFIG} the first that is
   * there, else its last; without it {@code ~/.kube/config}.
   */
  public static UserKubeconfig resolve(Environment environment) {
    List<Path> named =
        Arrays.stream(environment.variable("KUBECONFIG").orElse("").split(File.pathSeparator, -1))
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .toList();
    if (named.isEmpty()) {
      return new UserKubeconfig(environment.home().resolve(".kube/config"));
    }
    return new UserKubeconfig(
        named.stream().filter(Files::exists).findFirst().orElse(named.getLast()));
  }

  public Path file() {
    return file;
  }

  /**
   * Puts the cluster of another kubeconfig into this one, as context {@code viking}; before the
   * first time the file is copied to {@code FILE.before-viking}.
   *
   * @throws CommandFailure if either file is no kubeconfig
   */
  public void merge(Path ours) throws IOException {
    Map<String, Object> theirs = Files.exists(file) ? read(file) : Map.of();
    Map<String, Object> merged;
    try {
      merged = KubeconfigMerge.merge(theirs, read(ours));
      if (merged.equals(theirs)) {
        return;
      }
      if (!theirs.isEmpty() && !KubeconfigMerge.isIn(theirs)) {
        Files.copy(
            file,
            file.resolveSibling(file.getFileName() + BACKUP),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "cannot merge %s into %s: %s; nothing was changed.".formatted(ours, file, e.getMessage()),
          e);
    }
    // A symbolic link stays one; what it leads to is replaced.
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path directory = real.resolveSibling(".").normalize();
    if (!Files.exists(directory)) {
      PrivateFiles.directory(directory);
    }
    PrivateFiles.write(real, yaml().dump(merged));
  }

  private static Map<String, Object> read(Path file) throws IOException {
    try {
      Object document = yaml().load(Files.readString(file));
      if (document == null) {
        return Map.of();
      }
      if (document instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked") // keys of a kubeconfig are text
        var config = (Map<String, Object>) map;
        return config;
      }
      throw new CommandFailure(file + " is no kubeconfig: it is not a map.");
    } catch (YAMLException e) {
      throw new CommandFailure(
          "%s is no YAML: %s."
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static Yaml yaml() {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(Integer.MAX_VALUE);
    return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
  }
}
