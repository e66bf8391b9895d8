package io.viking.syncer.network.dns;

import static io.viking.syncer.network.service.TestObjects.endpoint;
import static io.viking.syncer.network.service.TestObjects.port;
import static io.viking.syncer.network.service.TestObjects.service;
import static io.viking.syncer.network.service.TestObjects.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ServiceReader;
import io.viking.syncer.network.service.SliceReader;
import io.viking.syncer.network.service.StatusIngress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tables of the Kubernetes DNS specification 1.1.0, chapter by chapter. */
class ServiceRecordsTest {
  private static final String HEADLESS =
      "\"clusterIP\": \"None\", \"clusterIPs\": [\"None\"], \"ports\": [{\"name\": \"https\", \"port\": 443}]";
  private static final String CLUSTER_IP =
      "\"clusterIP\": \"10.96.0.9\", \"clusterIPs\": [\"10.96.0.9\"], \"ports\": [{\"name\": \"https\", \"port\": 443}]";

  @Test
  void clusterIp_2_3_theAddressesOfItsReadyPods() {
    assertThat(
            records(
                service("web", CLUSTER_IP, ""),
                slice(
                    "web",
                    "IPv4",
                    port("https", 8443),
                    endpoint("10.3.0.1"),
                    endpoint("10.3.0.2"))))
        .containsExactlyInAnyOrder(
            "web.default.svc.cluster.local. A 10.3.0.1",
            "web.default.svc.cluster.local. A 10.3.0.2",
            "_https._tcp.web.default.svc.cluster.local. SRV 0 100 8443 web.default.svc.cluster.local.",
            "9.0.96.10.in-addr.arpa. PTR web.default.svc.cluster.local.");
  }

  @Test
  void clusterIp_withoutReadyPods_hasNoAddress() {
    assertThat(
            records(
                service("web", CLUSTER_IP, ""),
                slice("web", "IPv4", port("https", 8443), endpoint("10.3.0.1", "", false, false))))
        .containsExactly("9.0.96.10.in-addr.arpa. PTR web.default.svc.cluster.local.");
  }

  @Test
  void headless_2_4_1_aRecordForEachReadyEndpoint() {
    assertThat(
            records(
                service("web", HEADLESS, ""),
                slice(
                    "web",
                    "IPv4",
                    port("https", 443),
                    endpoint("10.3.0.1", "my-pet", true, false),
                    endpoint("10.3.0.2"),
                    endpoint("10.3.0.3", "late", false, false),
                    endpoint("10.3.0.4", "gone", false, true))))
        .containsExactlyInAnyOrder(
            // A for each ready endpoint, and one by its host name
            "web.default.svc.cluster.local. A 10.3.0.1",
            "web.default.svc.cluster.local. A 10.3.0.2",
            "my-pet.web.default.svc.cluster.local. A 10.3.0.1",
            // a system-assigned identifier where it has none
            "10-3-0-2.web.default.svc.cluster.local. A 10.3.0.2",
            // SRV for each ready endpoint of each named port
            "_https._tcp.web.default.svc.cluster.local. SRV 0 100 443 my-pet.web.default.svc.cluster.local.",
            "_https._tcp.web.default.svc.cluster.local. SRV 0 100 443 10-3-0-2.web.default.svc.cluster.local.",
            // PTR for each ready endpoint
            "1.0.3.10.in-addr.arpa. PTR my-pet.web.default.svc.cluster.local.",
            "2.0.3.10.in-addr.arpa. PTR 10-3-0-2.web.default.svc.cluster.local.");
  }

  @Test
  void headless_2_4_1_severalAddressesOfOneHostName() {
    assertThat(
            records(
                service("web", HEADLESS, ""),
                slice(
                    "web",
                    "IPv4",
                    "",
                    endpoint("10.3.0.1", "pet", true, false),
                    endpoint("10.3.0.2", "pet", true, false))))
        .contains(
            "pet.web.default.svc.cluster.local. A 10.3.0.1",
            "pet.web.default.svc.cluster.local. A 10.3.0.2");
  }

  @Test
  void headless_2_4_1_ipv6() {
    assertThat(
            records(
                service("web", HEADLESS, ""),
                slice(
                    "web",
                    "IPv6",
                    port("https", 443),
                    endpoint("2001:db8::1", "my-pet", true, false))))
        .containsExactlyInAnyOrder(
            "web.default.svc.cluster.local. AAAA 2001:db8::1",
            "my-pet.web.default.svc.cluster.local. AAAA 2001:db8::1",
            "_https._tcp.web.default.svc.cluster.local. SRV 0 100 443 my-pet.web.default.svc.cluster.local.",
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR my-pet.web.default.svc.cluster.local.");
  }

  @Test
  void headless_portsWithoutAName_haveNoSrv() {
    assertThat(
            records(
                service("web", HEADLESS, ""),
                slice("web", "IPv4", port("", 443), endpoint("10.3.0.1"))))
        .noneMatch(record -> record.contains("SRV"));
  }

  @Test
  void externalName_2_5_isACname() {
    assertThat(
            records(
                service(
                    "db", "\"type\": \"ExternalName\", \"externalName\": \"db.example.com\"", "")))
        .containsExactly("db.default.svc.cluster.local. CNAME db.example.com.");
  }

  @Test
  void externalName_thatIsAnAddress_isOne() {
    assertThat(
            records(
                service("db", "\"type\": \"ExternalName\", \"externalName\": \"192.0.2.7\"", "")))
        .containsExactly("db.default.svc.cluster.local. A 192.0.2.7");
  }

  @Test
  void balanced_hasTheAddressAndTheServicesPorts() {
    assertThat(
            records(
                service("web", CLUSTER_IP, ""),
                Optional.of(List.of(new StatusIngress("47.0.0.5", "", List.of()))),
                slice("web", "IPv4", port("https", 8443), endpoint("10.3.0.1"))))
        .containsExactlyInAnyOrder(
            "web.default.svc.cluster.local. A 47.0.0.5",
            "_https._tcp.web.default.svc.cluster.local. SRV 0 100 443 web.default.svc.cluster.local.",
            "9.0.96.10.in-addr.arpa. PTR web.default.svc.cluster.local.");
  }

  @Test
  void privateZoneOff_hasNone() {
    assertThat(
            records(
                service(
                    "web",
                    HEADLESS,
                    "\"annotations\": {\"service.beta.kubernetes.io/alibaba-cloud-private-zone-enable\": \"false\"}"),
                slice("web", "IPv4", port("https", 443), endpoint("10.3.0.1"))))
        .isEmpty();
  }

  @Test
  void everyRecord_isItsServices() {
    V1Service web = service("web", HEADLESS, "");
    var all =
        ServiceRecords.of(
            ServiceReader.read(web),
            List.of(
                SliceReader.read(slice("web", "IPv4", port("https", 443), endpoint("10.3.0.1")))
                    .orElseThrow()),
            Optional.empty(),
            DnsZones.DEFAULT);
    assertThat(all.keySet())
        .hasSize(4)
        .allSatisfy(
            key ->
                assertThat(RecordOwner.of(key, DnsZones.DEFAULT))
                    .contains(new NamespacedName("default", "web")));
  }

  private static List<String> records(V1Service service, V1EndpointSlice... slices) {
    return records(service, Optional.empty(), slices);
  }

  private static List<String> records(
      V1Service service, Optional<List<StatusIngress>> balancedAt, V1EndpointSlice... slices) {
    return ServiceRecords.of(
            ServiceReader.read(service),
            Arrays.stream(slices).flatMap(s -> SliceReader.read(s).stream()).toList(),
            balancedAt,
            DnsZones.DEFAULT)
        .keySet()
        .stream()
        .map(
            key ->
                "%s.%s. %s %s"
                    .formatted(
                        key.name(),
                        key.zone(),
                        key.type().name().substring("RECORD_TYPE_".length()),
                        key.value()))
        .toList();
  }
}
