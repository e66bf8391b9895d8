package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.simulation.Timeline;
import io.viking.simulation.Trace;
import io.viking.simulation.api.ModelApiServer;
import io.viking.simulation.cloud.ModelCloud;
import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.fault.Faults;
import io.viking.simulation.process.NetworkProcess;
import io.viking.simulation.process.Sabotage;
import io.viking.simulation.process.SchedulerProcess;
import io.viking.simulation.process.Surroundings;
import io.viking.simulation.process.SyncerProcess;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Two servers, two processes between them, and the time in which all of it happens. */
final class World {
  static final String CLUSTER = "simulated-cluster";

  private static final EventRecorder NO_EVENTS =
      new EventRecorder() {
        @Override
        public void normal(EventTarget target, String reason, String message) {}

        @Override
        public void warning(EventTarget target, String reason, String message) {}
      };

  final Timeline time = new Timeline();
  final Invariants invariants = new Invariants();
  final Faults faults;
  final Trace trace;
  final ModelApiServer api = new ModelApiServer(time, invariants);
  final SliceController slices = new SliceController(api);
  final ModelCloud cloud;
  final int mostInstances;
  private final Surroundings around;
  private final Sabotage sabotage;
  private final MeterRegistry meters = new CompositeMeterRegistry();
  private SyncerProcess syncer;
  private SchedulerProcess scheduler;
  private NetworkProcess network;
  private boolean slicesDue;
  private long steps;
  private long digest;

  /**
   * @param mostInstances that the account may have
   * @param traced how many of the last events are remembered
   */
  World(long seed, int mostInstances, Sabotage sabotage, int traced) {
    var random = new SplittableRandom(seed);
    this.mostInstances = mostInstances;
    this.sabotage = sabotage;
    this.faults = new Faults(random.split());
    this.trace = new Trace(time, traced);
    this.cloud =
        new ModelCloud(time, CLUSTER, Zones.profile(mostInstances), random.nextLong(), invariants);
    this.around = new Surroundings(time, faults, trace, api, cloud, invariants);
    invariants.byOthers(() -> Zones.install(api));
    this.syncer = newSyncer();
    this.scheduler = newScheduler();
    this.network = newNetwork();
    api.log(ResourceType.PODS).watch(ignored -> slicesChange());
    api.log(ResourceType.SERVICES).watch(ignored -> slicesChange());
    // One that the garbage collector took, since it was the former Service's of that name.
    api.log(ResourceType.ENDPOINT_SLICES)
        .watch(
            entry -> {
              if (entry.change().deleted()) {
                slicesChange();
              }
            });
  }

  /** The controller's turn comes, and what changes until then comes together. */
  private void slicesChange() {
    if (!slicesDue) {
      slicesDue = true;
      time.after(
          100 + faults.upTo(900),
          () -> {
            slicesDue = false;
            slices.sync();
          });
    }
  }

  SyncerProcess syncer() {
    return syncer;
  }

  SchedulerProcess scheduler() {
    return scheduler;
  }

  NetworkProcess network() {
    return network;
  }

  Collection<V1Pod> pods() {
    return api.all(ResourceType.PODS);
  }

  /** kill -9, and a new process. */
  void restartSyncer() {
    trace.note(() -> "the syncer is killed");
    faults.count(FaultKind.SYNCER_KILLED);
    syncer.kill();
    syncer = newSyncer();
  }

  /** kill -9, and a new process. */
  void restartScheduler() {
    trace.note(() -> "the scheduler is killed");
    faults.count(FaultKind.SCHEDULER_KILLED);
    scheduler.kill();
    scheduler = newScheduler();
  }

  /** kill -9, and a new process. */
  void restartNetwork() {
    trace.note(() -> "the network's loop is killed");
    faults.count(FaultKind.NETWORK_KILLED);
    network.kill();
    network = newNetwork();
  }

  /** Steps that have been made since the beginning. */
  long steps() {
    return steps;
  }

  /** Equal for equal runs: of the time and both revisions at every step. */
  long digest() {
    return digest;
  }

  /** A call that anybody may lose: what it asks for may be done or gone already. */
  void user(String what, String name, Runnable call) {
    trace.note(() -> "somebody " + what.replace("%s", name));
    invariants.byOthers(
        () -> {
          try {
            call.run();
          } catch (KubeApiException refused) {
            if (!refused.isNotFound() && !refused.isConflict()) {
              throw refused;
            }
          }
        });
  }

  void run(long millis) {
    runUntil(millis, () -> false);
  }

  /** Lets time pass, until then or until something is so. */
  void runUntil(long millis, BooleanSupplier enough) {
    long end = time.millis() + millis;
    while (!enough.getAsBoolean() && time.step(end)) {
      steps++;
      digest = mix(digest ^ time.millis() ^ (api.revision() << 20) ^ (cloud.revision() << 42));
    }
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    return mixed ^ (mixed >>> 27);
  }

  private SyncerProcess newSyncer() {
    return new SyncerProcess(around, CLUSTER, Zones.SCOPE, NO_EVENTS, sabotage.syncer());
  }

  private NetworkProcess newNetwork() {
    return new NetworkProcess(around, CLUSTER, NO_EVENTS, meters, sabotage.network());
  }

  private SchedulerProcess newScheduler() {
    return new SchedulerProcess(around, NO_EVENTS, meters, sabotage.scheduler());
  }
}
