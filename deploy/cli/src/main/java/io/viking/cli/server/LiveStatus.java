package io.viking.cli.server;

import io.viking.cli.Version;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gathers the status from what runs. Safe for all threads. */
final class LiveStatus {
  private enum Phase {
    STARTING,
    STARTED,
    STOPPING
  }

  private final ServerOptions options;
  private final Instant begun;
  private final ControlPlane controlPlane;
  private final List<Supplier<StatusReport.Part>> parts = new CopyOnWriteArrayList<>();
  private volatile Phase phase = Phase.STARTING;
  private volatile Optional<ApiServer> apiServer = Optional.empty();

  LiveStatus(ServerOptions options, Instant begun, ControlPlane controlPlane) {
    this.options = options;
    this.begun = begun;
    this.controlPlane = controlPlane;
  }

  void apiServer(ApiServer server) {
    apiServer = Optional.of(server);
  }

  /** Adds a part of our own process. */
  void part(Supplier<StatusReport.Part> part) {
    parts.add(part);
  }

  /** All that belongs to the cluster has been started. */
  void started() {
    phase = Phase.STARTED;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  StatusReport report() {
    List<StatusReport.Part> all =
        Stream.concat(
                controlPlane.components().stream().map(LiveStatus::process),
                parts.stream().map(Supplier::get))
            .toList();
    return new StatusReport(
        state(all),
        ProcessHandle.current().pid(),
        begun.toString(),
        Version.viking(),
        controlPlane.mode().flag(),
        apiServer.map(ApiServer::version).orElse(""),
        apiServer.map(server -> server.server().toString()).orElse(""),
        apiServer.map(server -> server.adminKubeconfig().toString()).orElse(""),
        "",
        options.profile(),
        "",
        all,
        Map.of(),
        0,
        0);
  }

  private String state(List<StatusReport.Part> all) {
    return switch (phase) {
      case STARTING -> "starting";
      case STOPPING -> "stopping";
      case STARTED ->
          all.stream().allMatch(part -> part.state().equals("ready")) ? "ready" : "degraded";
    };
  }

  private static StatusReport.Part process(Component component) {
    return new StatusReport.Part(
        component.name(),
        "process",
        component.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        component.pid().orElse(0),
        component.restarts(),
        component.since().map(Instant::toString).orElse(""),
        component.version(),
        component.state() == Component.State.READY ? "" : "see " + component.log());
  }
}
