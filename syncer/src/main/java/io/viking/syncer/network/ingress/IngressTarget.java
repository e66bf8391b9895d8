package io.viking.syncer.network.ingress;

import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.kube.annotations.IngressAnnotations;
import io.viking.kube.annotations.ServiceAnnotations;
import java.util.Map;
import java.util.Optional;

/**
 * The load balancer on which an Ingress is merged.
 *
 * @param albConfig empty for class {@code slb}
 */
public record IngressTarget(LoadBalancerRef ref, Optional<String> albConfig) {
  private static final String SHARED_SLB = "slb/shared";

  /**
   * @param classes by name
   * @param albConfigs by name
   * @return empty: its class is somebody else's, or it has none, or it is being deleted
   */
  public static Optional<IngressTarget> of(
      Ingress ingress, Map<String, IngressClass> classes, Map<String, AlbConfig> albConfigs) {
    if (ingress.meta().isDeleting()) {
      return Optional.empty();
    }
    IngressClass known = classes.get(ingress.className());
    String controller = known == null ? byName(ingress.className()) : known.controller();
    return switch (controller) {
      case IngressClass.ALB -> Optional.of(alb(ingress, Optional.ofNullable(known), albConfigs));
      case IngressClass.SLB -> Optional.of(slb(ingress));
      default -> Optional.empty();
    };
  }

  /** Classes named by the old annotation need no object. */
  private static String byName(String className) {
    return switch (className) {
      case "alb" -> IngressClass.ALB;
      case "slb" -> IngressClass.SLB;
      default -> "";
    };
  }

  private static IngressTarget alb(
      Ingress ingress, Optional<IngressClass> known, Map<String, AlbConfig> albConfigs) {
    Map<String, String> annotations = ingress.meta().annotations();
    String name =
        IngressAnnotations.ALB_CONFIG
            .valueIn(annotations)
            .map(text -> text.substring(text.indexOf('/') + 1))
            .or(() -> known.map(IngressClass::albConfig).filter(config -> !config.isEmpty()))
            .orElse(AlbConfig.DEFAULT);
    AlbConfig config = albConfigs.getOrDefault(name, AlbConfig.unsaid(name));
    Optional<String> id =
        config.id().isEmpty()
            ? IngressAnnotations.ID.valueIn(annotations)
            : Optional.of(config.id());
    return new IngressTarget(
        id.map(IngressTarget::brought).orElseGet(() -> key("alb/" + name)), Optional.of(name));
  }

  private static IngressTarget slb(Ingress ingress) {
    return new IngressTarget(
        ServiceAnnotations.ID
            .valueIn(ingress.meta().annotations())
            .map(IngressTarget::brought)
            .orElseGet(() -> key(SHARED_SLB)),
        Optional.empty());
  }

  private static LoadBalancerRef brought(String id) {
    return LoadBalancerRef.newBuilder().setBroughtId(id).build();
  }

  private static LoadBalancerRef key(String key) {
    return LoadBalancerRef.newBuilder().setKey(key).build();
  }
}
