package io.viking.cli.server;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cli.CommandFailure;
import io.viking.cli.Version;
import io.viking.cli.parts.AdapterInfo;
import io.viking.cli.parts.Closing;
import io.viking.cli.parts.Explained;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.pki.CertificateWatch;
import io.viking.controlplane.ports.Ports;
import io.viking.controlplane.process.Launcher;
import io.viking.controlplane.process.ProcessGroup;
import io.viking.controlplane.process.ProcessRecords;
import io.viking.controlplane.process.ProcessSpec;
import io.viking.controlplane.process.SupervisedProcess;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The simulated cloud, the syncer and the scheduler as supervised processes: each may be killed and
 * comes back by itself. This process asks them how they are and does nothing else.
 */
final class Apart implements Workers {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private final DataDirectory directory;
  private final Closing closing = new Closing();
  private final AdapterAccess access;
  private final AdapterAddress adapter;
  private final PartCommands commands;
  private final ProcessGroup group;
  private final AdapterTransport transport;

  private volatile Optional<AdapterChannel> cloud = Optional.empty();
  private volatile Optional<SupervisedProcess> cloudProcess = Optional.empty();

  /** It never changes, and is to be known also while nobody is there to ask. */
  private volatile String clusterId = "";

  Apart(ServerOptions options, ApartOptions apart, Environment environment, Clock clock) {
    this.directory = options.directory();
    this.transport = apart.transport();
    this.access = new AdapterAccess(directory, clock);
    this.adapter =
        switch (transport) {
          case UNIX -> new AdapterAddress.UnixSocket(directory.socket("adapter.sock"));
          case TCP -> new AdapterAddress.Tcp("127.0.0.1", Ports.free(new SecureRandom()));
        };
    this.commands = new PartCommands(options, apart, adapter, access, environment);
    this.group =
        closing.add(
            "parts",
            new ProcessGroup(
                new Launcher(environment), new ProcessRecords(directory.run()), clock));
  }

  @Override
  public void prepare() {
    if (transport == AdapterTransport.TCP) {
      access.ensureCertificates();
      group.add(CertificateWatch.start(access::ensureCertificates));
    }
    cloudProcess = Optional.of(launch(PartCommands.CLOUD, commands.cloud()));
  }

  @Override
  public void start(ApiServer server, Progress progress) throws InterruptedException {
    progress.step("starting the simulated cloud, the syncer and the scheduler");
    cloudProcess.orElseThrow().awaitReady(PATIENCE);
    cloud = Optional.of(closing.add("adapter channel", channel()));
    SupervisedProcess syncer = launch(PartCommands.SYNCER, commands.syncer(server));
    SupervisedProcess scheduler = launch(PartCommands.SCHEDULER, commands.scheduler(server));
    syncer.awaitReady(PATIENCE);
    scheduler.awaitReady(PATIENCE);
  }

  private AdapterChannel channel() {
    try {
      return access.open(adapter.toString());
    } catch (IOException e) {
      throw new CommandFailure("the simulated cloud cannot be reached: " + e.getMessage() + ".", e);
    }
  }

  @Override
  public GetInfoResponse adapterInfo() throws InterruptedException {
    cloudProcess.orElseThrow().awaitReady(PATIENCE);
    try (AdapterChannel channel = channel()) {
      return AdapterInfo.ask(channel.channel());
    }
  }

  private SupervisedProcess launch(String part, List<String> command) {
    return group.launch(
        new ProcessSpec(
            part,
            Version.viking(),
            command,
            directory.log(part),
            () -> isReady(part),
            STOP_WITHIN));
  }

  private boolean isReady(String part) {
    return file(part).filter(StatusClient::isReady).isPresent();
  }

  /** Where the part answers, if the process that said so still lives. */
  private Optional<ServerFile> file(String part) {
    return ServerFile.read(PartCommands.serverFile(directory, part))
        .filter(server -> ProcessHandle.of(server.pid()).isPresent());
  }

  private record Asked(
      Component component, String http, CompletableFuture<Optional<StatusReport>> answer) {}

  /** All are asked at once: one that does not answer keeps nobody else waiting. */
  private Asked ask(Component component) {
    Optional<ServerFile> server = file(component.name());
    return new Asked(
        component,
        server.map(ServerFile::http).orElse(""),
        CompletableFuture.supplyAsync(
            () -> server.flatMap(StatusClient::askBriefly), Thread::startVirtualThread));
  }

  @Override
  public Sight sight() {
    List<Asked> asked = group.components().stream().map(this::ask).toList();
    Optional<CloudProbe.Glance> glance =
        cloud.map(channel -> CloudProbe.glance(channel.channel(), clusterId));
    List<StatusReport.Part> parts = new ArrayList<>();
    Optional<StatusReport> syncer = Optional.empty();
    for (Asked part : asked) {
      Optional<StatusReport> says = part.answer().join();
      parts.addAll(PartSight.of(part.component(), says, part.http()));
      says.map(StatusReport::clusterId).filter(id -> !id.isEmpty()).ifPresent(id -> clusterId = id);
      syncer = part.component().name().equals(PartCommands.SYNCER) ? says : syncer;
    }
    return new Sight(
        clusterId,
        cloud.isPresent() ? adapter.toString() : "",
        List.copyOf(parts),
        syncer.map(StatusReport::pods).orElse(Map.of()),
        glance.map(CloudProbe.Glance::instances).orElse(0L),
        syncer.map(StatusReport::orphansHeld).orElse(0));
  }

  @Override
  public Explained explain(String namespace, String pod) {
    return file(PartCommands.SCHEDULER)
        .flatMap(server -> ExplainClient.ask(server, namespace, pod))
        .orElseGet(() -> new Explained.NoAnswer("the scheduler's process does not answer"));
  }

  @Override
  public int collectOrphans() {
    return file(PartCommands.SYNCER)
        .map(StatusClient::collectOrphans)
        .flatMap(held -> held.isPresent() ? Optional.of(held.getAsInt()) : Optional.empty())
        .orElse(0);
  }

  @Override
  public void close() {
    closing.close();
  }
}
