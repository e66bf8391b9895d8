package io.viking.cli.server;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.cli.parts.KubeletSettings;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Environment;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.ports.Ports;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** How the parts are called that run in processes of their own. */
final class PartCommands {
  static final String CLOUD = "simulated-cloud";
  static final String SYNCER = "syncer";
  static final String SCHEDULER = "scheduler";

  private final ServerOptions options;
  private final ApartOptions apart;
  private final AdapterAddress adapter;
  private final AdapterAccess access;
  private final Environment environment;

  PartCommands(
      ServerOptions options,
      ApartOptions apart,
      AdapterAddress adapter,
      AdapterAccess access,
      Environment environment) {
    this.options = options;
    this.apart = apart;
    this.adapter = adapter;
    this.access = access;
    this.environment = environment;
  }

  /** Where a part's process says how it can be asked. */
  static Path serverFile(DataDirectory directory, String process) {
    return directory.run().resolve(process + ".json");
  }

  List<String> cloud() {
    List<String> words = new ArrayList<>(List.of("adapter", "sim", "--listen=" + adapter));
    words.add("--profile=" + apart.profile());
    words.add("--seed=" + options.seed());
    words.add("--state-dir=" + options.directory().simulatedCloud());
    words.addAll(tls(access.server()));
    return java("adapter", CLOUD, words);
  }

  /** The first has the port that the control plane arranged, the others any free one. */
  List<String> syncer(PartName name, ApiServer server) {
    List<String> words = new ArrayList<>(List.of("syncer", "--adapter=" + adapter));
    words.add("--kubeconfig=" + server.loops().syncer());
    KubeletSettings kubelet = KubeletSettings.of(server.kubelet(), options.streamingIdle());
    words.add("--kubelet-address=" + kubelet.address());
    words.add(
        "--kubelet-port=" + (name.replica() > 1 ? Ports.free(new SecureRandom()) : kubelet.port()));
    if (kubelet.serving() instanceof KubeletSettings.Serving.Tls(Path certificate, Path key)) {
      words.add("--kubelet-cert=" + certificate);
      words.add("--kubelet-key=" + key);
    }
    kubelet.clientAuthority().ifPresent(file -> words.add("--client-ca=" + file));
    words.add("--streaming-idle-timeout=" + kubelet.streamingIdle().toSeconds());
    words.addAll(tls(access.client()));
    words.addAll(election(name));
    if (apart.shards() > 1) {
      words.add("--shards=" + apart.shards());
    }
    return java("syncer", name.process(), words);
  }

  List<String> scheduler(PartName name, ApiServer server) {
    List<String> words = new ArrayList<>(List.of("scheduler", "--adapter=" + adapter));
    words.add("--kubeconfig=" + server.loops().scheduler());
    words.add(
        "--scheduler-name="
            + String.join(
                ",",
                SchedulerNames.of(server.mode(), options.controlPlane()).stream()
                    .sorted()
                    .toList()));
    words.add("--placement-policy=" + options.policy());
    words.addAll(tls(access.client()));
    words.addAll(election(name));
    return java("scheduler", name.process(), words);
  }

  private static List<String> election(PartName name) {
    return name.isReplica() ? List.of("--leader-elect") : List.of();
  }

  private List<String> tls(TransportSecurity.MutualTls files) {
    return adapter instanceof AdapterAddress.Tcp
        ? List.of(
            "--tls-cert=" + files.certificate(),
            "--tls-key=" + files.key(),
            "--tls-ca=" + files.authority())
        : List.of();
  }

  /** The same program as this one, on a JVM for its kind of process. */
  private List<String> java(String kind, String process, List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JvmFlags.of(kind, environment));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.viking.cli.Main");
    command.addAll(words);
    command.add("--log-format=" + apart.logFormat());
    command.add("--server-file=" + serverFile(options.directory(), process));
    return List.copyOf(command);
  }
}
