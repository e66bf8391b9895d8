package io.viking.syncer.pods.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables that tell a container where Services are, as Docker links once did. */
final class ServiceVariables {
  /**
   * @param protocol "TCP"
   */
  record Port(String name, String protocol, int port) {}

  private ServiceVariables() {}

  /** Those of the API server; every pod has them. */
  static Map<String, String> ofApiServer(ManifestConfig config) {
    return of(
        "kubernetes",
        config.apiServerHost(),
        List.of(new Port("https", "TCP", config.apiServerPort())));
  }

  static Map<String, String> of(String service, String address, List<Port> ports) {
    Map<String, String> variables = new LinkedHashMap<>();
    if (ports.isEmpty()) {
      return variables;
    }
    String name = variable(service);
    // A colon needs brackets in an address with a port.
    String host = address.contains(":") ? "[" + address + "]" : address;
    Port first = ports.getFirst();
    variables.put(name + "_SERVICE_HOST", address);
    variables.put(name + "_SERVICE_PORT", Integer.toString(first.port()));
    for (Port port : ports) {
      if (!port.name().isEmpty()) {
        variables.put(
            name + "_SERVICE_PORT_" + variable(port.name()), Integer.toString(port.port()));
      }
    }
    variables.put(name + "_PORT", url(first, host));
    for (Port port : ports) {
      String prefix = name + "_PORT_" + port.port() + "_" + port.protocol();
      variables.put(prefix, url(port, host));
      variables.put(prefix + "_PROTO", port.protocol().toLowerCase(Locale.ROOT));
      variables.put(prefix + "_PORT", Integer.toString(port.port()));
      variables.put(prefix + "_ADDR", address);
    }
    return variables;
  }

  private static String url(Port port, String host) {
    return port.protocol().toLowerCase(Locale.ROOT) + "://" + host + ":" + port.port();
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
