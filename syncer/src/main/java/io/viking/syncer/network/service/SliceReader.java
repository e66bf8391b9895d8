package io.viking.syncer.network.service;

import static io.viking.syncer.network.service.ModelReading.flag;
import static io.viking.syncer.network.service.ModelReading.list;
import static io.viking.syncer.network.service.ModelReading.number;
import static io.viking.syncer.network.service.ModelReading.text;

import io.kubernetes.client.openapi.models.V1Endpoint;
import io.kubernetes.client.openapi.models.V1EndpointConditions;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import java.util.Optional;

/** Reads EndpointSlices. */
public final class SliceReader {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private SliceReader() {}

  /** Empty for one that belongs to no Service. */
  public static Optional<Slice> read(V1EndpointSlice slice) {
    var meta = ModelReading.meta(slice.getMetadata());
    String service = meta.labels().getOrDefault(SERVICE_LABEL, "");
    return service.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Slice(
                meta.name(),
                new NamespacedName(meta.name().namespace(), service),
                addressType(text(slice.getAddressType())),
                list(slice.getPorts()).stream()
                    .map(
                        port ->
                            new ServicePort(
                                text(port.getName()),
                                text(port.getProtocol()).isEmpty()
                                    ? "TCP"
                                    : text(port.getProtocol()),
                                number(port.getPort())))
                    .toList(),
                list(slice.getEndpoints()).stream()
                    .filter(endpoint -> !list(endpoint.getAddresses()).isEmpty())
                    .map(SliceReader::endpoint)
                    .toList()));
  }

  private static Slice.AddressType addressType(String type) {
    return switch (type) {
      case "IPv6" -> Slice.AddressType.IPV6;
      case "FQDN" -> Slice.AddressType.FQDN;
      default -> Slice.AddressType.IPV4;
    };
  }

  private static Endpoint endpoint(V1Endpoint endpoint) {
    V1EndpointConditions given = endpoint.getConditions();
    V1EndpointConditions conditions = given == null ? new V1EndpointConditions() : given;
    var target = endpoint.getTargetRef();
    return new Endpoint(
        list(endpoint.getAddresses()).getFirst(),
        flag(conditions.getReady(), true),
        flag(conditions.getTerminating(), false),
        text(endpoint.getHostname()),
        target == null || !text(target.getKind()).equals("Pod") ? "" : text(target.getUid()));
  }
}
