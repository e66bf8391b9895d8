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
import io.viking.controlplane.ControlPlaneException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The simulated cloud, the syncer and the scheduler as supervised processes: each may be killed and
 * comes back by itself. This process asks them how they are and does nothing else.
 */
final class Apart implements Workers {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private static final PartName CLOUD = PartName.only(PartCommands.CLOUD);

  private final DataDirectory directory;
  private final Closing closing = new Closing();
  private final AdapterAccess access;
  private final AdapterAddress adapter;
  private final PartCommands commands;
  private final ProcessGroup group;
  private final AdapterTransport transport;
  private final Clock clock;
  private final List<PartName> syncers;
  private final List<PartName> schedulers;

  private volatile Optional<AdapterChannel> cloud = Optional.empty();
  private volatile Optional<SupervisedProcess> cloudProcess = Optional.empty();

  /** It never changes, and is to be known also while nobody is there to ask. */
  private volatile String clusterId = "";

  Apart(ServerOptions options, ApartOptions apart, Environment environment, Clock clock) {
    this.directory = options.directory();
    this.transport = apart.transport();
    this.clock = clock;
    this.syncers = PartName.all(PartCommands.SYNCER, apart.replicas());
    this.schedulers = PartName.all(PartCommands.SCHEDULER, apart.replicas());
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
    cloudProcess = Optional.of(launch(CLOUD, commands.cloud()));
  }

  @Override
  public void start(ApiServer server, Progress progress) throws InterruptedException {
    progress.step("starting the simulated cloud, the syncer and the scheduler");
    cloudProcess.orElseThrow().awaitReady(PATIENCE);
    cloud = Optional.of(closing.add("adapter channel", channel()));
    List<SupervisedProcess> started = new ArrayList<>();
    syncers.forEach(name -> started.add(launch(name, commands.syncer(name, server))));
    schedulers.forEach(name -> started.add(launch(name, commands.scheduler(name, server))));
    for (SupervisedProcess process : started) {
      process.awaitReady(PATIENCE);
    }
    if (syncers.getFirst().isReplica()) {
      awaitLeaders();
    }
  }

  /** Processes that stand by are ready, too; the cluster is when one of each kind leads. */
  private void awaitLeaders() throws InterruptedException {
    Instant until = clock.instant().plus(PATIENCE);
    List<StatusReport.Part> unready = StatusReport.Part.unready(sight().parts());
    while (!unready.isEmpty()) {
      if (!clock.instant().isBefore(until)) {
        throw new ControlPlaneException(
            "not ready after %d s: %s; \"viking logs syncer-1\" and the like may say why."
                .formatted(
                    PATIENCE.toSeconds(),
                    unready.stream()
                        .map(part -> part.name() + " (" + part.state() + ")")
                        .collect(Collectors.joining(", "))));
      }
      Thread.sleep(POLL);
      unready = StatusReport.Part.unready(sight().parts());
    }
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

  private SupervisedProcess launch(PartName name, List<String> command) {
    return group.launch(
        new ProcessSpec(
            name.process(),
            Version.viking(),
            command,
            directory.log(name.process()),
            () -> isReady(name),
            STOP_WITHIN));
  }

  private boolean isReady(PartName name) {
    return file(name.process()).filter(StatusClient::isReady).isPresent();
  }

  /** Where the process answers, if the one that said so still lives. */
  private Optional<ServerFile> file(String process) {
    return ServerFile.read(PartCommands.serverFile(directory, process))
        .filter(server -> ProcessHandle.of(server.pid()).isPresent());
  }

  private PartName name(Component component) {
    return Stream.concat(syncers.stream(), schedulers.stream())
        .filter(name -> name.process().equals(component.name()))
        .findFirst()
        .orElse(CLOUD);
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
    Map<String, Integer> pods = new TreeMap<>();
    int orphansHeld = 0;
    for (Asked part : asked) {
      PartName name = name(part.component());
      Optional<StatusReport> says = part.answer().join();
      parts.addAll(PartSight.of(name, part.component(), says, part.http()));
      says.map(StatusReport::clusterId).filter(id -> !id.isEmpty()).ifPresent(id -> clusterId = id);
      if (says.isPresent() && PartSight.leads(name, says.get()) && syncers.contains(name)) {
        says.get().pods().forEach((state, count) -> pods.merge(state, count, Integer::sum));
        orphansHeld += says.get().orphansHeld();
      }
    }
    return new Sight(
        clusterId,
        cloud.isPresent() ? adapter.toString() : "",
        PartSight.withLeaders(parts, List.of(syncers, schedulers)),
        Map.copyOf(pods),
        glance.map(CloudProbe.Glance::instances).orElse(0L),
        orphansHeld);
  }

  @Override
  public Explained explain(String namespace, String pod) {
    Explained answer = new Explained.NoAnswer("the scheduler's process does not answer");
    for (PartName scheduler : schedulers) {
      answer =
          file(scheduler.process())
              .flatMap(server -> ExplainClient.ask(server, namespace, pod))
              .orElse(answer);
      // Those who stand by have none.
      if (!(answer instanceof Explained.NoAnswer)) {
        return answer;
      }
    }
    return answer;
  }

  @Override
  public int collectOrphans() {
    // Those who stand by hold none.
    return syncers.stream()
        .flatMap(syncer -> file(syncer.process()).stream())
        .map(StatusClient::collectOrphans)
        .flatMapToInt(OptionalInt::stream)
        .sum();
  }

  @Override
  public void close() {
    closing.close();
  }
}
