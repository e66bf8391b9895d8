package io.viking.syncer.network.lb;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.syncer.network.service.NamespacedName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one object, or the Ingresses of one load balancer together, ask of it.
 *
 * @param createdAt of the oldest of them
 * @param frame the load balancer as a whole, without what stands in the other fields
 * @param groups by name
 * @param secrets that were read for it
 */
public record Part(
    Set<Owner> owners,
    Instant createdAt,
    LoadBalancerSpec frame,
    List<Listener> listeners,
    List<Certificate> certificates,
    Map<String, Group> groups,
    Set<NamespacedName> secrets,
    List<Notice> notices) {
  public Part {
    owners = ImmutableSet.copyOf(owners);
    listeners = List.copyOf(listeners);
    certificates = List.copyOf(certificates);
    groups = ImmutableMap.copyOf(groups);
    secrets = ImmutableSet.copyOf(secrets);
    notices = List.copyOf(notices);
  }
}
