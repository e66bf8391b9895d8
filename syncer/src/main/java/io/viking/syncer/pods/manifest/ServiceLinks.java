package io.viking.syncer.pods.manifest;

import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.viking.syncer.pods.manifest.ServiceVariables.Port;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The variables of a Service that has a cluster address; none for others. */
final class ServiceLinks {
  private ServiceLinks() {}

  static Map<String, String> of(V1Service service) {
    var spec = service.getSpec();
    String name =
        Optional.ofNullable(service.getMetadata())
            .flatMap(metadata -> Optional.ofNullable(metadata.getName()))
            .orElse("");
    if (spec == null || spec.getClusterIP() == null || name.equals("kubernetes")) {
      return Map.of();
    }
    String address = spec.getClusterIP();
    if (address.isEmpty() || address.equals("None")) {
      return Map.of();
    }
    return ServiceVariables.of(
        name,
        address,
        Objects.requireNonNullElseGet(spec.getPorts(), List::<V1ServicePort>of).stream()
            .map(
                port ->
                    new Port(
                        Objects.requireNonNullElse(port.getName(), ""),
                        Objects.requireNonNullElse(port.getProtocol(), "TCP"),
                        Objects.requireNonNullElse(port.getPort(), 0)))
            .toList());
  }
}
