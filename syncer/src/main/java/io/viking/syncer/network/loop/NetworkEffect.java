package io.viking.syncer.network.loop;

import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.RecordChange;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.pods.lifecycle.Tell;
import java.util.List;
import java.util.Optional;

/** The calls that the network's core asks for. */
public sealed interface NetworkEffect {
  record ListBalancers(long call) implements NetworkEffect {}

  /**
   * Lists what is ours in a zone.
   *
   * @param makes whether the zone is made, if it is not there
   */
  record OpenZone(long call, String zone, boolean makes) implements NetworkEffect {}

  /** The spec holds private keys: it is in no log. */
  record Ensure(long call, LoadBalancerSpec spec) implements NetworkEffect {
    @Override
    public String toString() {
      return "Ensure[call=%d, ref=%s]".formatted(call, spec.getRef());
    }
  }

  record UpdateBackends(long call, LoadBalancerRef ref, List<BackendChange> changes)
      implements NetworkEffect {
    public UpdateBackends {
      changes = List.copyOf(changes);
    }
  }

  record Delete(long call, LoadBalancerRef ref) implements NetworkEffect {}

  record ApplyRecords(long call, String zone, List<RecordChange> changes) implements NetworkEffect {
    public ApplyRecords {
      changes = List.copyOf(changes);
    }
  }

  /**
   * A patch: a strategic merge of the status, a merge of the object itself.
   *
   * @param subresource "status", or {@code ""} for the object itself
   */
  record Write(long call, Owner object, String subresource, String json) implements NetworkEffect {}

  /**
   * Asks the API server itself.
   *
   * @param service empty: all Ingresses are asked for
   */
  record LookUp(long call, Optional<NamespacedName> service) implements NetworkEffect {}

  /** An event for the user; best effort, without an answer. */
  record TellUser(Owner object, String uid, Tell tell) implements NetworkEffect {}
}
