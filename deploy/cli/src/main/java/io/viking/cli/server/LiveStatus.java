package io.viking.cli.server;

import io.viking.cli.Version;
import io.viking.cli.door.Door;
import io.viking.cli.hybrid.ChoicePolicy;
import io.viking.cli.parts.Explained;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the status from what runs. Safe for all threads. */
final class LiveStatus {
  private enum Phase {
    STARTING,
    STARTED,
    STOPPING
  }

  private static final String DOOR = "door";

  private final ServerOptions options;
  private final Instant begun;
  private final ControlPlane controlPlane;
  private final Workers workers;
  private volatile Phase phase = Phase.STARTING;
  private volatile Optional<ApiServer> apiServer = Optional.empty();
  private volatile Optional<StatusReport.Part> choice = Optional.empty();
  private volatile Optional<StatusReport.Part> door = Optional.empty();

  LiveStatus(ServerOptions options, Instant begun, ControlPlane controlPlane, Workers workers) {
    this.options = options;
    this.begun = begun;
    this.controlPlane = controlPlane;
    this.workers = workers;
  }

  void apiServer(ApiServer server) {
    apiServer = Optional.of(server);
  }

  /** Of a hybrid cluster alone. */
  void choice(ChoicePolicy.Outcome outcome) {
    choice =
        Optional.of(
            switch (outcome) {
              case ChoicePolicy.Outcome.Applied() ->
                  policy(StatusReport.CHOICE_POLICY, "ready", "");
              case ChoicePolicy.Outcome.Missing(String why) ->
                  policy(StatusReport.CHOICE_POLICY, "missing", why);
            });
  }

  void door(Door.Outcome outcome) {
    door =
        Optional.of(
            switch (outcome) {
              case Door.Outcome.Applied() -> policy(DOOR, "ready", "");
              case Door.Outcome.Missing(String why) -> policy(DOOR, "missing", why);
            });
  }

  /** All that belongs to the cluster has been started. */
  void started() {
    phase = Phase.STARTED;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  StatusReport report() {
    Sight sight = workers.sight();
    List<StatusReport.Part> all = new ArrayList<>();
    controlPlane.components().forEach(component -> all.add(process(component)));
    choice.ifPresent(all::add);
    door.ifPresent(all::add);
    all.addAll(sight.parts());
    return new StatusReport(
        state(all),
        ProcessHandle.current().pid(),
        begun.toString(),
        Version.viking(),
        controlPlane.mode().flag(),
        apiServer.map(ApiServer::version).orElse(""),
        apiServer.map(server -> server.server().toString()).orElse(""),
        apiServer.map(server -> server.adminKubeconfig().toString()).orElse(""),
        sight.clusterId(),
        options.profile().name(),
        sight.adapter(),
        List.copyOf(all),
        sight.pods(),
        sight.instances(),
        sight.adapter().isEmpty() ? 0 : options.profile().zones().size(),
        options.profile().cloudShare(500).toMillis(),
        sight.orphansHeld());
  }

  /**
   * Lets the instances go that are held because so many have no pod.
   *
   * @return how many were held
   */
  int collectOrphans() {
    return workers.collectOrphans();
  }

  /** Asks the scheduler why a pod is where it is, or nowhere. */
  Explained explain(String namespace, String pod) {
    return workers.explain(namespace, pod);
  }

  private String state(List<StatusReport.Part> all) {
    return switch (phase) {
      case STARTING -> "starting";
      case STOPPING -> "stopping";
      case STARTED -> StatusReport.Part.together(all);
    };
  }

  private static StatusReport.Part policy(String name, String state, String detail) {
    return new StatusReport.Part(name, "policy", state, 0, 0, "", "", detail);
  }

  private static StatusReport.Part process(Component component) {
    return StatusReport.Part.of(
        component, component.state() == Component.State.READY ? "" : "see " + component.log());
  }
}
