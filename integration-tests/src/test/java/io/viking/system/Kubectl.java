package io.viking.system;

import io.viking.controlplane.ControlPlanes;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The kubectl of the same version as a person's fingers: its words in, what it prints out. */
public final class Kubectl {
  private static final int PATIENCE_SECONDS = 180;

  private final Path binary;
  private final Path kubeconfig;

  public Kubectl(VikingProcess viking) throws IOException {
    Environment environment = Environment.system();
    this.binary = ControlPlanes.kubectl(BinaryCache.resolve(environment), environment);
    this.kubeconfig =
        DataDirectory.resolve(Optional.of(viking.dataDirectory()), environment).adminKubeconfig();
  }

  /** A command to its end; both streams are its output. */
  VikingProcess.Result run(String... arguments) throws IOException, InterruptedException {
    return runWith("", arguments);
  }

  /**
   * The same.
   *
   * @param input on its standard input
   */
  VikingProcess.Result runWith(String input, String... arguments)
      throws IOException, InterruptedException {
    Path in = Files.createTempFile("kubectl", ".in");
    Path out = Files.createTempFile("kubectl", ".out");
    try {
      Files.writeString(in, input);
      Process process =
          command(arguments)
              .redirectInput(in.toFile())
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "kubectl " + List.of(arguments) + " did not end; it said: " + Files.readString(out));
      }
      return new VikingProcess.Result(
          process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(in);
      Files.deleteIfExists(out);
    }
  }

  /** A command that must succeed; what it printed. */
  public String does(String... arguments) throws IOException, InterruptedException {
    return succeeded(run(arguments), arguments);
  }

  /** {@code kubectl apply -f -}, in a namespace. */
  public String applies(String namespace, String yaml) throws IOException, InterruptedException {
    String[] arguments = {"-n", namespace, "apply", "-f", "-"};
    return succeeded(runWith(yaml, arguments), arguments);
  }

  /** A command before it is started, with its environment: for whoever wants its streams. */
  ProcessBuilder command(String... arguments) {
    var command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return builder;
  }

  private static String succeeded(VikingProcess.Result result, String... arguments) {
    if (!result.succeeded()) {
      throw new AssertionError(
          "kubectl %s ended with %d: %s"
              .formatted(List.of(arguments), result.exitCode(), result.output()));
    }
    return result.output();
  }
}
