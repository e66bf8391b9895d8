package io.viking.cli.server;

import io.viking.cli.Version;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
  private volatile Phase phase = Phase.STARTING;
  private volatile Optional<ApiServer> apiServer = Optional.empty();
  private volatile Optional<Cloud> cloud = Optional.empty();
  private volatile Optional<Loops> loops = Optional.empty();

  LiveStatus(ServerOptions options, Instant begun, ControlPlane controlPlane) {
    this.options = options;
    this.begun = begun;
    this.controlPlane = controlPlane;
  }

  void apiServer(ApiServer server) {
    apiServer = Optional.of(server);
  }

  void loops(Loops started) {
    loops = Optional.of(started);
  }

  void cloud(Cloud simulated) {
    cloud = Optional.of(simulated);
  }

  /** All that belongs to the cluster has been started. */
  void started() {
    phase = Phase.STARTED;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  StatusReport report() {
    String clusterId = loops.map(Loops::clusterId).orElse("");
    Optional<Cloud.Glance> glance = cloud.map(simulated -> simulated.glance(clusterId));
    List<StatusReport.Part> all = new ArrayList<>();
    controlPlane.components().forEach(component -> all.add(process(component)));
    cloud.ifPresent(simulated -> all.add(cloud(simulated, glance.orElseThrow())));
    loops.stream()
        .flatMap(started -> started.parts().stream())
        .forEach(part -> all.add(loop(part)));
    return new StatusReport(
        state(all),
        ProcessHandle.current().pid(),
        begun.toString(),
        Version.viking(),
        controlPlane.mode().flag(),
        apiServer.map(ApiServer::version).orElse(""),
        apiServer.map(server -> server.server().toString()).orElse(""),
        apiServer.map(server -> server.adminKubeconfig().toString()).orElse(""),
        clusterId,
        options.profile().name(),
        cloud.map(simulated -> simulated.outside().toString()).orElse(""),
        List.copyOf(all),
        loops.map(Loops::pods).orElse(Map.of()),
        glance.map(Cloud.Glance::instances).orElse(0L),
        cloud.map(Cloud::zones).orElse(0),
        options.profile().cloudShare(500).toMillis(),
        loops.map(Loops::orphansHeld).orElse(0));
  }

  /**
   * Lets the instances go that are held because so many have no pod.
   *
   * @return how many were held
   */
  int collectOrphans() {
    return loops.map(Loops::collectOrphans).orElse(0);
  }

  private StatusReport.Part loop(LoopPart part) {
    return new StatusReport.Part(
        part.name(),
        "loop",
        part.state(),
        0,
        0,
        begun.toString(),
        Version.viking(),
        part.missing());
  }

  private static StatusReport.Part cloud(Cloud cloud, Cloud.Glance glance) {
    return new StatusReport.Part(
        "simulated-cloud",
        "cloud",
        glance.state(),
        0,
        0,
        cloud.since().toString(),
        Version.viking(),
        glance.detail());
  }

  private String state(List<StatusReport.Part> all) {
    return switch (phase) {
      case STARTING -> "starting";
      case STOPPING -> "stopping";
      case STARTED -> all.stream().allMatch(LiveStatus::isFine) ? "ready" : "degraded";
    };
  }

  /** What cannot run here at all does not make the rest unready: its detail says so. */
  private static boolean isFine(StatusReport.Part part) {
    return part.state().equals("ready") || part.state().equals("missing");
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
