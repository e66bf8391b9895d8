package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.kube.annotations.IngressAnnotations;
import io.viking.kube.annotations.ServiceAnnotations;
import io.viking.syncer.network.lb.Owner;

/** What a user can do about a failure of a load balancer, where the cloud cannot know it. Pure. */
final class WayOut {
  private WayOut() {}

  /**
   * A clause for the end of the cloud's sentence; empty: there is nothing to add.
   *
   * @param owner who is told
   */
  static String of(CloudFailure failure, LoadBalancerRef ref, Owner owner) {
    if (!ref.hasBroughtId()) {
      return "";
    }
    boolean isService = owner.kind() == Owner.Kind.SERVICE;
    return switch (failure.reason()) {
      case ERROR_REASON_FOREIGN ->
          "; annotation %s: \"true\" on every object of this load balancer allows it"
              .formatted(
                  (isService
                          ? ServiceAnnotations.FORCE_OVERRIDE
                          : IngressAnnotations.FORCE_OVERRIDE)
                      .key());
      case ERROR_REASON_NOT_FOUND ->
          "; correct annotation %s, or take it off to get one that is made"
              .formatted((isService ? ServiceAnnotations.ID : IngressAnnotations.ID).key());
      default -> "";
    };
  }
}
