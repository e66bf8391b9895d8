package io.viking.syncer.network.loop;

import io.viking.syncer.network.service.ObjectMeta;
import java.util.Optional;

/**
 * The finalizer that keeps a Service or an Ingress until the cloud has nothing more of it.
 *
 * <p>It is not Kubernetes' own {@code service.kubernetes.io/load-balancer-cleanup}: controllers of
 * other load balancer classes use that one, and nobody could tell whose it is on a Service that
 * nobody wants any more.
 */
final class Finalizers {
  static final String OURS = "viking.io/load-balancer-cleanup";

  private Finalizers() {}

  static boolean has(Optional<ObjectMeta> meta) {
    return meta.map(known -> known.finalizers().contains(OURS)).orElse(false);
  }
}
