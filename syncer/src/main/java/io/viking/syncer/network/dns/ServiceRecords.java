package io.viking.syncer.network.dns;

import io.viking.cloud.v1.RecordType;
import io.viking.kube.annotations.ServiceAnnotations;
import io.viking.syncer.network.service.Endpoint;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.ServicePort;
import io.viking.syncer.network.service.Slice;
import io.viking.syncer.network.service.StatusIngress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Service and its EndpointSlices → its records, by the Kubernetes DNS specification 1.1.0.
 *
 * <p>One thing is as in a cloud without kube-proxy: nobody answers on a ClusterIP, so the name of a
 * ClusterIP Service has the addresses of its ready pods, and its SRV records have their ports. That
 * of a load balancer has the balancer's address and the Service's ports.
 *
 * <p>Short names cost no records: pods find {@code web} and {@code web.shop} by their search list.
 */
public final class ServiceRecords {
  private static final int SRV_PRIORITY = 0;
  private static final int SRV_WEIGHT = 100;

  private final Service service;
  private final DnsZones zones;
  private final String name;
  private final Map<DnsRecord.Key, Integer> records = new LinkedHashMap<>();

  private ServiceRecords(Service service, DnsZones zones) {
    this.service = service;
    this.zones = zones;
    this.name = service.name().name() + "." + service.name().namespace() + ".svc";
  }

  /**
   * @param balancedAt where the load balancer of this Service is reached; empty: it has none
   * @return TTLs by record
   */
  public static Map<DnsRecord.Key, Integer> of(
      Service service,
      Collection<Slice> slices,
      Optional<List<StatusIngress>> balancedAt,
      DnsZones zones) {
    if (!wantsRecords(service)) {
      return Map.of();
    }
    var records = new ServiceRecords(service, zones);
    if (service.type() == Service.Type.EXTERNAL_NAME) {
      records.externalName();
    } else if (balancedAt.isPresent()) {
      records.balanced(balancedAt.get());
    } else if (service.isHeadless()) {
      slices.forEach(records::headless);
    } else {
      slices.forEach(records::clusterIp);
    }
    service.clusterIps().forEach(ip -> records.reverse(ip, records.name));
    return records.records;
  }

  private static boolean wantsRecords(Service service) {
    return ServiceAnnotations.PRIVATE_ZONE.valueIn(service.meta().annotations()).orElse(true);
  }

  private void externalName() {
    String target = withoutDot(service.externalName());
    Addresses.typeOf(target)
        .ifPresentOrElse(
            type -> add(name, type, target),
            () -> {
              if (!target.isEmpty()) {
                add(name, RecordType.RECORD_TYPE_CNAME, target + ".");
              }
            });
  }

  private void balanced(List<StatusIngress> balancedAt) {
    for (StatusIngress at : balancedAt) {
      if (!at.ip().isEmpty()) {
        address(name, at.ip());
      } else if (balancedAt.size() == 1) {
        // Beside a CNAME there can be nothing.
        add(name, RecordType.RECORD_TYPE_CNAME, withoutDot(at.hostname()) + ".");
      }
    }
    if (!balancedAt.isEmpty()) {
      service.ports().forEach(port -> server(port.name(), port.protocol(), port.port(), name));
    }
  }

  private void clusterIp(Slice slice) {
    boolean any = false;
    for (Endpoint endpoint : ready(slice)) {
      address(name, endpoint.address());
      any = true;
    }
    if (any) {
      slice.ports().forEach(port -> server(port.name(), port.protocol(), port.port(), name));
    }
  }

  private void headless(Slice slice) {
    for (Endpoint endpoint : ready(slice)) {
      String label =
          endpoint.hostname().isEmpty() ? Addresses.label(endpoint.address()) : endpoint.hostname();
      String pod = label + "." + name;
      address(name, endpoint.address());
      address(pod, endpoint.address());
      reverse(endpoint.address(), pod);
      for (ServicePort port : slice.ports()) {
        server(port.name(), port.protocol(), port.port(), pod);
      }
    }
  }

  private static List<Endpoint> ready(Slice slice) {
    return slice.addressType() == Slice.AddressType.FQDN
        ? List.of()
        : slice.endpoints().stream().filter(Endpoint::isReady).toList();
  }

  private void address(String owner, String address) {
    Addresses.typeOf(address).ifPresent(type -> add(owner, type, address));
  }

  /** Ports without a name have no SRV record. */
  private void server(String port, String protocol, int number, String target) {
    if (!port.isEmpty()) {
      add(
          "_%s._%s.%s".formatted(port, protocol.toLowerCase(Locale.ROOT), name),
          RecordType.RECORD_TYPE_SRV,
          "%d %d %d %s".formatted(SRV_PRIORITY, SRV_WEIGHT, number, inZone(target)));
    }
  }

  private void reverse(String address, String target) {
    Addresses.reverse(address)
        .ifPresent(
            reverse ->
                records.put(
                    new DnsRecord.Key(
                        reverse.zone(), reverse.name(), RecordType.RECORD_TYPE_PTR, inZone(target)),
                    zones.ttl()));
  }

  private void add(String owner, RecordType type, String value) {
    records.put(new DnsRecord.Key(zones.clusterDomain(), owner, type, value), zones.ttl());
  }

  private String inZone(String owner) {
    return owner + "." + zones.clusterDomain() + ".";
  }

  private static String withoutDot(String domain) {
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }
}
