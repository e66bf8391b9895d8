package io.viking.syncer.network.loop;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.lb.Plan;
import io.viking.syncer.network.service.NamespacedName;
import java.util.List;

/** From Services and Secrets to the load balancers that use them. */
final class PlanIndex {
  private final SetMultimap<NamespacedName, LoadBalancerRef> users = LinkedHashMultimap.create();
  private final SetMultimap<NamespacedName, LoadBalancerRef> readers = LinkedHashMultimap.create();

  void add(Plan plan, LoadBalancerRef ref) {
    plan.services().forEach(service -> users.put(service, ref));
    plan.secrets().forEach(secret -> readers.put(secret, ref));
  }

  void remove(Plan plan, LoadBalancerRef ref) {
    plan.services().forEach(service -> users.remove(service, ref));
    plan.secrets().forEach(secret -> readers.remove(secret, ref));
  }

  /** Whose backends a Service's pods are. */
  List<LoadBalancerRef> users(NamespacedName service) {
    return List.copyOf(users.get(service));
  }

  /** Which serve with a Secret's certificate. */
  List<LoadBalancerRef> readers(NamespacedName secret) {
    return List.copyOf(readers.get(secret));
  }

  boolean isRead(NamespacedName secret) {
    return readers.containsKey(secret);
  }
}
