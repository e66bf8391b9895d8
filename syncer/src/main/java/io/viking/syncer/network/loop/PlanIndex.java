package io.viking.syncer.network.loop;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.service.NamespacedName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From Services and Secrets to the load balancers that use them. */
final class PlanIndex {
  private record Used(Set<NamespacedName> services, Set<NamespacedName> secrets) {
    static final Used NOTHING = new Used(Set.of(), Set.of());
  }

  private final Map<LoadBalancerRef, Used> used = new HashMap<>();
  private final SetMultimap<NamespacedName, LoadBalancerRef> users = LinkedHashMultimap.create();
  private final SetMultimap<NamespacedName, LoadBalancerRef> readers = LinkedHashMultimap.create();

  /**
   * What a load balancer uses now.
   *
   * @return Secrets that no load balancer uses any more
   */
  List<NamespacedName> put(
      LoadBalancerRef ref, Set<NamespacedName> services, Set<NamespacedName> secrets) {
    Used next = new Used(services, secrets);
    Used before = next.equals(Used.NOTHING) ? used.remove(ref) : used.put(ref, next);
    if (before == null) {
      before = Used.NOTHING;
    }
    before.services().forEach(service -> users.remove(service, ref));
    before.secrets().forEach(secret -> readers.remove(secret, ref));
    services.forEach(service -> users.put(service, ref));
    secrets.forEach(secret -> readers.put(secret, ref));
    return before.secrets().stream().filter(secret -> !isRead(secret)).toList();
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
