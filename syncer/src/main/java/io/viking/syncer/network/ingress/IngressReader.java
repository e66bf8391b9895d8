package io.viking.syncer.network.ingress;

import static io.viking.syncer.network.service.ModelReading.list;
import static io.viking.syncer.network.service.ModelReading.number;
import static io.viking.syncer.network.service.ModelReading.text;

import io.kubernetes.client.openapi.models.V1HTTPIngressPath;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressBackend;
import io.kubernetes.client.openapi.models.V1IngressSpec;
import io.kubernetes.client.openapi.models.V1IngressStatus;
import io.viking.syncer.network.service.ModelReading;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ObjectMeta;
import io.viking.syncer.network.service.StatusIngress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Ingresses. */
public final class IngressReader {
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

  private IngressReader() {}

  public static Ingress read(V1Ingress ingress) {
    V1IngressSpec given = ingress.getSpec();
    V1IngressSpec spec = given == null ? new V1IngressSpec() : given;
    ObjectMeta meta = ModelReading.meta(ingress.getMetadata());
    String className = text(spec.getIngressClassName());
    return new Ingress(
        meta,
        className.isEmpty() ? meta.annotations().getOrDefault(CLASS_ANNOTATION, "") : className,
        Optional.ofNullable(spec.getDefaultBackend()).map(IngressReader::backend),
        paths(spec),
        !list(spec.getTls()).isEmpty(),
        list(spec.getTls()).stream()
            .map(tls -> text(tls.getSecretName()))
            .filter(secret -> !secret.isEmpty())
            .map(secret -> new NamespacedName(meta.name().namespace(), secret))
            .distinct()
            .toList(),
        balancedAt(ingress.getStatus()));
  }

  private static List<Ingress.Path> paths(V1IngressSpec spec) {
    List<Ingress.Path> paths = new ArrayList<>();
    for (var rule : list(spec.getRules())) {
      String host = text(rule.getHost());
      var http = rule.getHttp();
      if (http != null) {
        for (V1HTTPIngressPath path : list(http.getPaths())) {
          paths.add(
              new Ingress.Path(
                  host,
                  type(text(path.getPathType())),
                  text(path.getPath()).isEmpty() ? "/" : text(path.getPath()),
                  backend(path.getBackend())));
        }
      }
    }
    return paths;
  }

  private static Ingress.PathType type(String type) {
    return switch (type) {
      case "Exact" -> Ingress.PathType.EXACT;
      case "Prefix" -> Ingress.PathType.PREFIX;
      default -> Ingress.PathType.IMPLEMENTATION_SPECIFIC;
    };
  }

  private static Ingress.BackendRef backend(@Nullable V1IngressBackend backend) {
    var service = backend == null ? null : backend.getService();
    if (service == null) {
      return new Ingress.BackendRef("", "", 0);
    }
    var port = service.getPort();
    return new Ingress.BackendRef(
        text(service.getName()),
        port == null ? "" : text(port.getName()),
        port == null ? 0 : number(port.getNumber()));
  }

  private static List<StatusIngress> balancedAt(@Nullable V1IngressStatus status) {
    var balancer = status == null ? null : status.getLoadBalancer();
    return balancer == null
        ? List.of()
        : list(balancer.getIngress()).stream()
            .map(
                at ->
                    new StatusIngress(
                        text(at.getIp()),
                        text(at.getHostname()),
                        list(at.getPorts()).stream()
                            .map(
                                port ->
                                    new StatusIngress.Port(
                                        number(port.getPort()), text(port.getProtocol())))
                            .toList()))
            .toList();
  }
}
