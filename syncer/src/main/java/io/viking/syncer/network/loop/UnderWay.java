package io.viking.syncer.network.loop;

import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import java.util.List;

/** A call of a load balancer that has no answer yet, and what it asked for. */
sealed interface UnderWay {
  LoadBalancerRef ref();

  record Ensure(LoadBalancerRef ref, LoadBalancerSpec spec) implements UnderWay {}

  record Update(LoadBalancerRef ref, List<BackendChange> changes) implements UnderWay {}

  record Delete(LoadBalancerRef ref) implements UnderWay {}
}
