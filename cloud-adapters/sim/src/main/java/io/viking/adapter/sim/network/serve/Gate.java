package io.viking.adapter.sim.network.serve;

import com.google.common.hash.Hashing;
import io.viking.adapter.sim.network.check.AddressRange;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.Listener;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who may come in at a door, and which backend takes whom. Any thread. */
final class Gate {
  private final Scene scene;
  private final Turns turns = new Turns();

  Gate(Scene scene) {
    this.scene = scene;
  }

  /** By the listener's lists of clients. */
  static boolean admits(Listener listener, InetAddress client) {
    if (listener.getAllowCidrsCount() > 0) {
      return anyContains(listener.getAllowCidrsList(), client);
    }
    return !anyContains(listener.getDenyCidrsList(), client);
  }

  private static boolean anyContains(List<String> cidrs, InetAddress client) {
    return cidrs.stream()
        .anyMatch(cidr -> AddressRange.parse(cidr).filter(r -> r.contains(client)).isPresent());
  }

  /** A number from 0 to 1 for the rules of a door. */
  double turn(Door door) {
    return turns.next(door.cloudId() + "/" + door.port());
  }

  /**
   * One whose pod listens: by weight, or the same for the same client where the listener persists.
   * With health checks a backend whose pod does not listen is passed over; without, whoever meets
   * it is turned away.
   *
   * @return empty: the group has none that takes new traffic
   */
  Optional<Taken> choose(Door door, String group, InetAddress client) {
    List<Backend> backends =
        new ArrayList<>(
            scene.backends(door, group).stream().filter(b -> b.getWeight() > 0).toList());
    while (!backends.isEmpty()) {
      Backend one = one(door, group, backends, client);
      Optional<SimulatedPod> pod = scene.pod(door, one);
      if (pod.isPresent() || !door.listener().getHealthCheck().getEnabled()) {
        return Optional.of(new Taken(one, pod));
      }
      backends.remove(one);
    }
    return Optional.empty();
  }

  /**
   * @param pod empty: nobody listens at the backend's address
   */
  record Taken(Backend backend, Optional<SimulatedPod> pod) {}

  private Backend one(Door door, String group, List<Backend> backends, InetAddress client) {
    if (door.listener().getPersistence().getSeconds() > 0) {
      return backends.stream()
          .max(Comparator.comparingInt(backend -> affinity(backend, client)))
          .orElseThrow();
    }
    double turn = turns.next(door.cloudId() + "/" + group);
    return Weights.pick(backends, Backend::getWeight, turn).orElseThrow();
  }

  /** The highest wins, so that who leaves moves only the clients that it had. */
  private static int affinity(Backend backend, InetAddress client) {
    return Hashing.murmur3_32_fixed()
        .newHasher()
        .putUnencodedChars(backend.getAddress())
        .putInt(backend.getPort())
        .putBytes(client.getAddress())
        .hash()
        .asInt();
  }
}
