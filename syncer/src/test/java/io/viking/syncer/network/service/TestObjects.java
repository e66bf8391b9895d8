package io.viking.syncer.network.service;

import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.kube.client.KubeJson;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Objects as the API server sends them, made of what matters to a test. */
public final class TestObjects {
  private TestObjects() {}

  /**
   * Service {@code default/<name>}.
   *
   * @param spec JSON fields
   * @param metadata more JSON fields, or ""
   */
  public static V1Service service(String name, String spec, String metadata) {
    return KubeJson.read(
        """
        {"metadata": {"namespace": "default", "name": "%s", "uid": "uid-%s",
                      "resourceVersion": "1", "creationTimestamp": "2026-01-01T00:00:00Z" %s},
         "spec": {%s}}
        """
            .formatted(name, name, metadata.isEmpty() ? "" : ", " + metadata, spec),
        V1Service.class);
  }

  /** The Service's slice; {@code endpoints} as {@link #endpoint} writes them. */
  public static V1EndpointSlice slice(
      String service, String addressType, String ports, String... endpoints) {
    return oneSlice(service, "a", addressType, ports, endpoints);
  }

  /** One of several slices. */
  public static V1EndpointSlice oneSlice(
      String service, String suffix, String addressType, String ports, String... endpoints) {
    return KubeJson.read(
        """
        {"metadata": {"namespace": "default", "name": "%s-%s", "uid": "uid-%s-%s",
                      "labels": {"kubernetes.io/service-name": "%s"}},
         "addressType": "%s", "ports": [%s], "endpoints": [%s]}
        """
            .formatted(
                service,
                suffix,
                service,
                suffix,
                service,
                addressType,
                ports,
                Arrays.stream(endpoints).collect(Collectors.joining(", "))),
        V1EndpointSlice.class);
  }

  public static String port(String name, int number) {
    return "{\"name\": \"%s\", \"port\": %d, \"protocol\": \"TCP\"}".formatted(name, number);
  }

  /** A ready pod. */
  public static String endpoint(String address) {
    return endpoint(address, "", true, false);
  }

  public static String endpoint(
      String address, String hostname, boolean ready, boolean terminating) {
    return """
        {"addresses": ["%s"], "conditions": {"ready": %s, "serving": true, "terminating": %s}%s,
         "targetRef": {"kind": "Pod", "name": "p", "uid": "pod-%s"}}
        """
        .formatted(
            address,
            ready,
            terminating,
            hostname.isEmpty() ? "" : ", \"hostname\": \"" + hostname + "\"",
            address);
  }
}
