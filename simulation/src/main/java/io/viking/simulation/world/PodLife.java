package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.Optional;

/** What is known of one UID, from its pod's creation on, past both its pod and its instance. */
final class PodLife {
  final String namespace;
  final String name;

  /** As the API server has it; empty: removed. */
  Optional<V1Pod> pod;

  /** As the cloud lists it. */
  Optional<Instance> instance = Optional.empty();

  /** It has, or had, an instance. */
  boolean hadInstance;

  /** A container of one of its instances has started. */
  boolean started;

  /** Somebody was told that it runs, or ran: one that fails before it has an instance did not. */
  boolean ran;

  /** A loop has removed it, or asked to as far as finalizers let it. */
  boolean letGo;

  /** A create of a process that is dead may have arrived at any time. */
  boolean hauntedByTheDead;

  /** Its instance was taken away, or its container ends badly by itself. */
  boolean mayFail;

  PodLife(V1Pod pod) {
    this.namespace = PodObject.ref(pod).namespace();
    this.name = PodObject.ref(pod).name();
    this.pod = Optional.of(pod);
  }

  /**
   * It ran, or is said to have run. One whose instances ended before a container had started is
   * said to have failed; that binds those who live, and not a create that a dead process had sent
   * before: what that makes is nobody's, and removed as such.
   */
  boolean mayHaveNoOther(boolean byTheDead) {
    return ran && (started || !byTheDead);
  }

  /** As the cloud has it now. */
  void sees(Instance now) {
    instance = Optional.of(now);
    started |=
        now.getContainersList().stream().anyMatch(it -> it.hasRunning() || it.hasTerminated());
  }

  boolean hasLivingInstance() {
    return instance.filter(PodLife::lives).isPresent();
  }

  static boolean lives(Instance instance) {
    return instance.getPhase() != InstancePhase.INSTANCE_PHASE_SUCCEEDED
        && instance.getPhase() != InstancePhase.INSTANCE_PHASE_FAILED;
  }
}
