package io.viking.syncer.network.service;

import static io.viking.syncer.network.service.ModelReading.list;
import static io.viking.syncer.network.service.ModelReading.number;
import static io.viking.syncer.network.service.ModelReading.text;

import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.openapi.models.V1ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads Services. */
public final class ServiceReader {
  /** The API's default of {@code sessionAffinityConfig.clientIP.timeoutSeconds}. */
  private static final int DEFAULT_AFFINITY_SECONDS = 10_800;

  private ServiceReader() {}

  public static Service read(V1Service service) {
    V1ServiceSpec given = service.getSpec();
    V1ServiceSpec spec = given == null ? new V1ServiceSpec() : given;
    List<String> clusterIps =
        list(spec.getClusterIPs()).isEmpty()
            ? List.of(text(spec.getClusterIP()))
            : list(spec.getClusterIPs());
    return new Service(
        ModelReading.meta(service.getMetadata()),
        type(text(spec.getType())),
        clusterIps.contains("None"),
        clusterIps.stream().filter(ip -> !ip.isEmpty() && !ip.equals("None")).toList(),
        list(spec.getPorts()).stream().map(ServiceReader::port).toList(),
        text(spec.getExternalName()),
        affinity(spec),
        text(spec.getLoadBalancerClass()),
        list(spec.getLoadBalancerSourceRanges()).stream().map(String::strip).toList(),
        balancedAt(service.getStatus()),
        conditions(service.getStatus()));
  }

  private static Service.Type type(String type) {
    return switch (type) {
      case "NodePort" -> Service.Type.NODE_PORT;
      case "LoadBalancer" -> Service.Type.LOAD_BALANCER;
      case "ExternalName" -> Service.Type.EXTERNAL_NAME;
      default -> Service.Type.CLUSTER_IP;
    };
  }

  private static ServicePort port(V1ServicePort port) {
    String protocol = text(port.getProtocol());
    return new ServicePort(
        text(port.getName()), protocol.isEmpty() ? "TCP" : protocol, number(port.getPort()));
  }

  private static Optional<Duration> affinity(V1ServiceSpec spec) {
    if (!text(spec.getSessionAffinity()).equals("ClientIP")) {
      return Optional.empty();
    }
    var config = spec.getSessionAffinityConfig();
    var clientIp = config == null ? null : config.getClientIP();
    int seconds = clientIp == null ? 0 : number(clientIp.getTimeoutSeconds());
    return Optional.of(Duration.ofSeconds(seconds == 0 ? DEFAULT_AFFINITY_SECONDS : seconds));
  }

  private static List<StatusIngress> balancedAt(@Nullable V1ServiceStatus status) {
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

  private static List<StatusCondition> conditions(@Nullable V1ServiceStatus status) {
    return status == null
        ? List.of()
        : list(status.getConditions()).stream()
            .map(
                condition ->
                    new StatusCondition(
                        text(condition.getType()),
                        text(condition.getStatus()).equals("True"),
                        text(condition.getReason()),
                        text(condition.getMessage())))
            .toList();
  }
}
