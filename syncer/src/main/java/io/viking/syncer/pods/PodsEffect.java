package io.viking.syncer.pods;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import java.util.List;

/** The calls that the pods' core asks for. {@code call} names the call in its answer. */
public sealed interface PodsEffect {
  record Resolve(long call, V1Pod pod) implements PodsEffect {}

  /** Within the adapter's limits. */
  record CreateInstances(long call, List<InstanceSpec> specs) implements PodsEffect {
    public CreateInstances {
      specs = List.copyOf(specs);
    }
  }

  /** Within the adapter's limits. */
  record DeleteInstances(long call, List<DeleteInstance> instances) implements PodsEffect {
    public DeleteInstances {
      instances = List.copyOf(instances);
    }
  }

  record FindInstances(long call, List<String> uids) implements PodsEffect {
    public FindInstances {
      uids = List.copyOf(uids);
    }
  }

  /** A strategic-merge patch of the status. */
  record PatchStatus(long call, PodRef pod, String json) implements PodsEffect {}

  /** The delete with grace 0 that ends a pod's object. */
  record RemovePod(long call, PodRef pod) implements PodsEffect {}

  /** Asks the Eviction API to have the pod deleted. */
  record EvictPod(long call, PodRef pod) implements PodsEffect {}

  /** Asks the API server itself. */
  record LookUpPod(long call, PodRef pod) implements PodsEffect {}

  /** An event for the user; best effort, without an answer. */
  record TellUser(PodRef pod, Tell tell) implements PodsEffect {}
}
