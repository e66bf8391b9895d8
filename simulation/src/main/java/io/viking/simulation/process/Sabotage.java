package io.viking.simulation.process;

import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.syncer.network.loop.NetworkEffect;
import io.viking.syncer.network.loop.NetworkEvent;
import io.viking.syncer.pods.PodsEffect;
import io.viking.syncer.pods.PodsEvent;

/** Planted defects of the loops; asked anew for each process that starts. */
public interface Sabotage {
  Sabotage NONE = new Sabotage() {};

  default Tampering<PodsEvent, PodsEffect> syncer() {
    return Tampering.none();
  }

  default Tampering<NetworkEvent, NetworkEffect> network() {
    return Tampering.none();
  }

  default Tampering<SchedulerEvent, SchedulerEffect> scheduler() {
    return Tampering.none();
  }
}
