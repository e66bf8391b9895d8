package io.viking.syncer.network.ingress;

import static io.viking.syncer.network.service.ModelReading.text;

import io.kubernetes.client.openapi.models.V1IngressClass;
import io.viking.syncer.network.service.ModelReading;

/**
 * An IngressClass.
 *
 * @param albConfig the AlbConfig that its parameters name; may be empty
 */
public record IngressClass(String name, String controller, String albConfig) {
  /** The controller of classes whose Ingresses are merged on the load balancer of an AlbConfig. */
  public static final String ALB = "ingress.k8s.alibabacloud/alb";

  /** The controller of classes whose Ingresses share one load balancer, or name one. */
  public static final String SLB = "ingress.k8s.alibabacloud/slb";

  public static IngressClass read(V1IngressClass model) {
    var spec = model.getSpec();
    var parameters = spec == null ? null : spec.getParameters();
    return new IngressClass(
        ModelReading.meta(model.getMetadata()).name().name(),
        spec == null ? "" : text(spec.getController()),
        parameters == null || !text(parameters.getKind()).equals("AlbConfig")
            ? ""
            : text(parameters.getName()));
  }
}
