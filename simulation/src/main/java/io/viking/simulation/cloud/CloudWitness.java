package io.viking.simulation.cloud;

import io.viking.adapter.sim.state.Order;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.Instance;

/** Sees what is asked of the cloud and what becomes of its instances, as it happens. */
public interface CloudWitness {
  /** A create was granted, and this instance was made for it. */
  void made(Order order, Instance instance);

  /** A delete has arrived; nothing of it has been done yet. */
  void deleting(DeleteInstance item);

  /** An instance has another state. */
  void changed(Instance instance);

  /** An instance has left the lists; its last state. */
  void removed(Instance last);
}
