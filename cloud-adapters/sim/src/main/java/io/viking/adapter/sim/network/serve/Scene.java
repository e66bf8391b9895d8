package io.viking.adapter.sim.network.serve;

import io.viking.adapter.sim.network.dns.Answer;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.adapter.sim.network.lb.Traffic.Doors;
import io.viking.cloud.v1.Backend;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/** What the sockets see of the cloud, as it is now. May wait for a lock, not for longer. */
public interface Scene {
  Doors doors();

  /** Those of a server group of a listener's load balancer. */
  List<Backend> backends(Door door, String group);

  /** Who answers at a backend; empty: nobody listens there, or not any more. */
  Optional<SimulatedPod> pod(Door door, Backend backend);

  Answer lookup(Name name, int type);
}
