package io.viking.cli.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.sim.SimOptions;
import io.viking.cli.CommandFailure;
import io.viking.cli.Version;
import io.viking.cli.parts.AdapterInfo;
import io.viking.cli.parts.Closing;
import io.viking.cli.parts.Explained;
import io.viking.cli.parts.KubeletSettings;
import io.viking.cli.parts.Loops;
import io.viking.cli.parts.LoopsConfig;
import io.viking.cli.parts.SimCloud;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.controlplane.ApiServer;
import io.viking.controlplane.ControlPlaneMode;
import io.viking.controlplane.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The simulated cloud and the loops in this process: one set of clients, one cache of pods. The
 * cloud is also served at an address of this machine, for {@code viking cloud}.
 */
final class Together implements Workers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOPS_WITHIN = Duration.ofMinutes(2);

  private final ServerOptions options;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Closing closing = new Closing();
  private final Instant begun;
  private final AdapterAccess access;
  private final CompletableFuture<Cloud> opening = new CompletableFuture<>();
  private volatile Optional<Loops> loops = Optional.empty();

  private record Cloud(AdapterChannel inside, AdapterAddress outside) {}

  Together(ServerOptions options, MeterRegistry metrics, Clock clock) {
    this.options = options;
    this.metrics = metrics;
    this.clock = clock;
    this.begun = clock.instant();
    this.access = new AdapterAccess(options.directory(), clock);
  }

  /** The API server takes seconds to start; the cloud and our own classes are there by then. */
  @Override
  public void prepare() {
    if (AdapterTransport.usual() == AdapterTransport.TCP) {
      access.ensureCertificates();
    }
    opening.completeAsync(this::openCloud, Thread::startVirtualThread);
    Thread.startVirtualThread(() -> WarmUp.run(options.directory()));
  }

  private Cloud openCloud() {
    var inside = new AdapterAddress.InProcess("viking-" + options.directory().path());
    SimCloud sim =
        closing.add(
            "simulated cloud",
            SimCloud.start(
                SimOptions.of(
                        options.profile(),
                        options.seed(),
                        options.directory().simulatedCloud(),
                        metrics)
                    .withClock(clock),
                List.of(new SimCloud.Listen(inside, access.server()), outside())));
    return new Cloud(
        closing.add("adapter channel", AdapterChannel.open(inside)), sim.addresses().getLast());
  }

  private SimCloud.Listen outside() {
    return new SimCloud.Listen(
        switch (AdapterTransport.usual()) {
          case UNIX -> new AdapterAddress.UnixSocket(options.directory().socket("adapter.sock"));
          case TCP -> new AdapterAddress.Tcp("127.0.0.1", 0);
        },
        access.server());
  }

  @Override
  public void start(ApiServer server, Progress progress) throws InterruptedException {
    progress.step("starting the simulated cloud and the loops");
    Cloud cloud = opened();
    var config =
        new LoopsConfig(
            "viking-up",
            server.loops().together(),
            PATIENCE,
            Optional.of(
                SchedulerNames.config(server.mode(), options.controlPlane())
                    .withPolicy(options.policy())),
            Optional.of(KubeletSettings.of(server.kubelet(), options.streamingIdle())),
            // One process holds the data directory: it has no rivals.
            Optional.empty());
    try {
      loops = Optional.of(Loops.start(config, cloud.inside().channel(), metrics, clock, closing));
    } catch (IOException e) {
      throw new CommandFailure("the kubelet API cannot be served: " + e.getMessage() + ".", e);
    }
    Loops started = loops.orElseThrow();
    started.awaitReady(LOOPS_WITHIN);
    if (server.mode() == ControlPlaneMode.EXTERNAL) {
      started.kubeletTrouble().ifPresent(progress::note);
    }
  }

  private Cloud opened() throws InterruptedException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    }
  }

  @Override
  public GetInfoResponse adapterInfo() throws InterruptedException {
    return AdapterInfo.ask(opened().inside().channel());
  }

  @Override
  public Sight sight() {
    if (!opening.isDone() || opening.isCompletedExceptionally()) {
      return Sight.NOTHING;
    }
    Cloud cloud = opening.join();
    Sight seen = loops.map(running -> Sight.of(running, begun)).orElse(Sight.NOTHING);
    CloudProbe.Glance glance = CloudProbe.glance(cloud.inside().channel(), seen.clusterId());
    List<StatusReport.Part> parts = new ArrayList<>();
    parts.add(
        new StatusReport.Part(
            "simulated-cloud",
            "cloud",
            glance.answers() ? "ready" : "failing",
            0,
            0,
            begun.toString(),
            Version.viking(),
            glance.answers() ? "at " + cloud.outside() : glance.detail()));
    parts.addAll(seen.parts());
    return new Sight(
        seen.clusterId(),
        cloud.outside().toString(),
        List.copyOf(parts),
        seen.pods(),
        glance.instances(),
        seen.orphansHeld());
  }

  @Override
  public Explained explain(String namespace, String pod) {
    return loops
        .map(running -> running.explain(namespace, pod))
        .orElseGet(() -> new Explained.NoAnswer("the scheduler has not started"));
  }

  @Override
  public int collectOrphans() {
    return loops.map(Loops::collectOrphans).orElse(0);
  }

  @Override
  public void close() {
    closing.close();
  }
}
