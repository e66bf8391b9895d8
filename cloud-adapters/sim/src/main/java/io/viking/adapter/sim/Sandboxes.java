package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceChange;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.files.Room;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.cloud.v1.ErrorReason;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The insides of instances that somebody has looked into. An instance costs nothing here until its
 * first exec, and leaves nothing when it is gone. Any thread.
 */
final class Sandboxes implements LiveCloud.Listener {
  /** Written into all containers together, and into those of one instance. */
  private static final long BYTES = 64 << 20;

  private static final long BYTES_PER_INSTANCE = 16 << 20;

  private record Key(String cluster, String uid) {}

  private final LiveCloud cloud;
  private final InstantSource clock;
  private final Room room = Room.of(BYTES);

  /** Made and removed under the cloud's lock, so that none is made for what has just gone. */
  private final Map<Key, Sandbox> sandboxes = new ConcurrentHashMap<>();

  Sandboxes(LiveCloud cloud, InstantSource clock) {
    this.cloud = cloud;
    this.clock = clock;
  }

  /**
   * Enters a container that runs. The signals are killed when it has ended.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND or BUSY
   */
  Sandbox.Visit enter(String cluster, String uid, String container, Signals signals) {
    return cloud.read(
        now -> {
          InstanceFacts instance = Lookup.instance(now, cluster, uid).get();
          ContainerFacts facts = Lookup.container(instance, container);
          ContainerRun run = Lookup.running(instance, facts, now.now().toEpochMilli());
          return sandbox(cluster, uid, instance, now).enter(facts, run.number(), now, signals);
        });
  }

  /**
   * Enters an instance by a TCP port. The signals are killed when the instance has ended.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND or BUSY
   */
  Sandbox.Visit connect(String cluster, String uid, int port, Signals signals) {
    return cloud.read(
        now -> {
          InstanceFacts instance = Lookup.instance(now, cluster, uid).get();
          long at = now.now().toEpochMilli();
          Optional<ContainerFacts> listener = instance.listener(port, at);
          if (listener.isEmpty()) {
            throw Failures.exception(
                ErrorReason.ERROR_REASON_BUSY,
                "failed to connect to localhost:"
                    + port
                    + " inside namespace \""
                    + instance.id()
                    + "\": dial tcp4 127.0.0.1:"
                    + port
                    + ": connect: connection refused");
          }
          ContainerFacts facts = listener.get();
          return sandbox(cluster, uid, instance, now)
              .enter(facts, facts.current().orElseThrow().number(), now, signals);
        });
  }

  /** Execs and connections that are open. */
  int visits() {
    return sandboxes.values().stream().mapToInt(Sandbox::visits).sum();
  }

  @Override
  public void changed(InstanceChange change, SimCloud now) {
    String cluster = change.instance().getClusterId();
    String uid = change.instance().getUid();
    Key key = new Key(cluster, uid);
    Sandbox sandbox = sandboxes.get(key);
    if (sandbox == null) {
      return;
    }
    Optional<InstanceFacts> facts =
        change.deleted() ? Optional.empty() : now.facts(cluster, uid).map(Supplier::get);
    sandbox.update(facts, now.now().toEpochMilli());
    if (facts.filter(InstanceFacts::live).isEmpty()) {
      sandboxes.remove(key, sandbox);
      sandbox.close();
    }
  }

  /** The files of an instance are others now. To be called under the cloud's lock. */
  void filesChanged(String cluster, String uid, SimCloud now) {
    Sandbox sandbox = sandboxes.get(new Key(cluster, uid));
    if (sandbox != null) {
      now.facts(cluster, uid).map(Supplier::get).ifPresent(facts -> sandbox.refill(facts, now));
    }
  }

  private Sandbox sandbox(String cluster, String uid, InstanceFacts instance, SimCloud now) {
    Key key = new Key(cluster, uid);
    Sandbox known = sandboxes.get(key);
    if (known != null && known.belongsTo(instance)) {
      return known;
    }
    Sandbox fresh = new Sandbox(instance, now, clock, room.part(BYTES_PER_INSTANCE));
    sandboxes.put(key, fresh);
    return fresh;
  }
}
