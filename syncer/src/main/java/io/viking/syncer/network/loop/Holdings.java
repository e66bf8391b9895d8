package io.viking.syncer.network.loop;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.lb.Owner;
import java.util.Collection;
import java.util.Set;

/** Of which objects the cloud may have something, and on which load balancers. */
final class Holdings {
  private final SetMultimap<LoadBalancerRef, Owner> owners = HashMultimap.create();
  private final SetMultimap<Owner, LoadBalancerRef> balancers = HashMultimap.create();

  void hold(LoadBalancerRef ref, Collection<Owner> more) {
    for (Owner owner : more) {
      owners.put(ref, owner);
      balancers.put(owner, ref);
    }
  }

  /** Nothing of anybody is on it any more. */
  void release(LoadBalancerRef ref) {
    owners.removeAll(ref).forEach(owner -> balancers.remove(owner, ref));
  }

  boolean isHeld(Owner owner) {
    return balancers.containsKey(owner);
  }

  boolean isHeld(LoadBalancerRef ref, Owner owner) {
    return owners.containsEntry(ref, owner);
  }

  Set<Owner> of(LoadBalancerRef ref) {
    return owners.get(ref);
  }
}
