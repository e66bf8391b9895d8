package io.viking.cli.server;

import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cli.door.Door;
import io.viking.cli.door.DoorWarnings;
import io.viking.cli.door.Scope;
import io.viking.cli.hybrid.ChoicePolicy;
import io.viking.cli.install.Installer;
import io.viking.cli.network.IngressKinds;
import io.viking.cli.network.NodePortPolicy;
import io.viking.cli.parts.Closing;
import io.viking.cli.rights.LoopRights;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.Progress;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admission policies, and other objects of its own, that {@code up} keeps in the API server.
 */
final class Policies {
  private static final Logger log = LoggerFactory.getLogger(Policies.class);

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final ServerOptions options;
  private final MeterRegistry metrics;
  private final LiveStatus status;

  /** What the adapter has said of its pool; empty: not asked, or no answer. */
  private volatile Optional<GetInfoResponse> pool = Optional.empty();

  Policies(ServerOptions options, MeterRegistry metrics, LiveStatus status) {
    this.options = options;
    this.metrics = metrics;
    this.status = status;
  }

  /** What the loops may do, where they are users of their own. Before the loops. */
  void grant(ApiServer server, Progress progress) throws InterruptedException {
    if (server.loops().areApart()) {
      progress.step("writing the rights of the loops");
      try (KubeClients clients = clients(server)) {
        new LoopRights(clients.api(), installer(clients), BETWEEN_LOOKS).apply();
      }
    }
  }

  /**
   * Those by which pods of a hybrid cluster choose zones. Before the loops: pods that choose zones
   * wait for those, and go nowhere else.
   */
  void choose(ApiServer server, Progress progress) throws InterruptedException {
    if (!options.choicePolicy()) {
      status.choice(
          new ChoicePolicy.Outcome.Missing(
              "not written, as --no-choice-policy says; only \"schedulerName: viking\" chooses"
                  + " zones, unless you have policies of your own"));
      return;
    }
    progress.step("writing the policies by which pods choose zones");
    try (KubeClients clients = clients(server)) {
      ChoicePolicy.Outcome outcome = new ChoicePolicy(installer(clients)).apply();
      status.choice(outcome);
      if (outcome instanceof ChoicePolicy.Outcome.Missing(String why)) {
        tell(why, progress);
      }
    }
  }

  /**
   * What Services and Ingresses need: classes and what they refer to, and no node ports where there
   * are no nodes. Before the loops, which follow them.
   */
  void network(ApiServer server, Progress progress) throws InterruptedException {
    try (KubeClients clients = clients(server)) {
      Installer installer = installer(clients);
      new IngressKinds(installer).apply().ifPresent(why -> tell(why, progress));
      if (!isHybrid(server)) {
        new NodePortPolicy(installer).apply().ifPresent(why -> tell(why, progress));
      }
    }
  }

  /**
   * Begins to put the door into force, beside all else. What the pool is like is asked of the
   * adapter, which may not be there yet.
   */
  CompletableFuture<Door.Outcome> beginDoor(ApiServer server, Workers workers) {
    if (!options.door()) {
      return CompletableFuture.completedFuture(
          new Door.Outcome.Missing(
              "not written, as --no-door says; what is in the API server stays in force, and"
                  + " nobody warns of what is turned to warn from now on"));
    }
    CompletableFuture<Door.Outcome> outcome = new CompletableFuture<>();
    Scope scope = scope(server);
    Thread.ofVirtual()
        .name("door")
        .start(
            () -> {
              try (KubeClients clients = clients(server)) {
                GetInfoResponse info = workers.adapterInfo();
                pool = Optional.of(info);
                outcome.complete(new Door(installer(clients), BETWEEN_LOOKS).apply(info, scope));
              } catch (StatusRuntimeException e) {
                outcome.complete(
                    new Door.Outcome.Missing(
                        "not written: the adapter does not say what its pool can do ("
                            + e.getMessage()
                            + ")"));
              } catch (InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    return outcome;
  }

  /** Waits until the door is in the API server, or is known not to be. */
  void awaitDoor(CompletableFuture<Door.Outcome> begun, Progress progress)
      throws InterruptedException {
    try {
      Door.Outcome outcome = begun.get();
      status.door(outcome);
      if (options.door() && outcome instanceof Door.Outcome.Missing(String why)) {
        tell(why, progress);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  /**
   * Has what warns come and go with the DoorPolicy, from now on until all is closed. After {@link
   * #awaitDoor}; nothing if the pool is not known.
   */
  void followDoor(ApiServer server, Closing closing) {
    pool.ifPresent(
        info -> {
          KubeClients clients = closing.add("client of the door", clients(server));
          closing.add(
              "warnings of the door",
              DoorWarnings.follow(clients, installer(clients), info, scope(server), metrics));
        });
  }

  private Scope scope(ApiServer server) {
    return isHybrid(server) ? Scope.CHOSEN_PODS : Scope.EVERY_POD;
  }

  private boolean isHybrid(ApiServer server) {
    return SchedulerNames.isHybrid(server.mode(), options.controlPlane());
  }

  private static void tell(String why, Progress progress) {
    log.info("{}", why);
    progress.note(why + ".");
  }

  private KubeClients clients(ApiServer server) {
    return KubeClients.of(server.loops().operator(), KubeClientConfig.DEFAULT, metrics);
  }

  private static Installer installer(KubeClients clients) {
    return new Installer(clients.api(), BETWEEN_TRIES);
  }
}
