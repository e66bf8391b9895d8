package io.viking.syncer.network.lb;

import static io.viking.syncer.network.service.TestObjects.endpoint;
import static io.viking.syncer.network.service.TestObjects.oneSlice;
import static io.viking.syncer.network.service.TestObjects.port;
import static io.viking.syncer.network.service.TestObjects.service;
import static io.viking.syncer.network.service.TestObjects.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.HealthCheck;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Protocol;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.ServiceReader;
import io.viking.syncer.network.service.Slice;
import io.viking.syncer.network.service.SliceReader;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceBalancerTest {
  private static final String PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
  private static final String BALANCED =
      "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": 80}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"type\": \"LoadBalancer\"; true",
        "\"type\": \"LoadBalancer\", \"loadBalancerClass\": \"alibabacloud.com/nlb\"; true",
        "\"type\": \"LoadBalancer\", \"loadBalancerClass\": \"example.com/other\"; false",
        "\"type\": \"ClusterIP\"; false",
        "\"type\": \"NodePort\"; false",
        "\"type\": \"ExternalName\"; false",
      })
  void wanted_byTypeAndClass(String spec, boolean wants) {
    assertThat(ServiceBalancer.wanted(ServiceReader.read(service("web", spec, ""))).isPresent())
        .isEqualTo(wants);
  }

  @Test
  void wanted_byItsUid_orByTheIdThatItNames() {
    assertThat(ServiceBalancer.wanted(annotated("address-type", "internet")))
        .contains(LoadBalancerRef.newBuilder().setKey("uid-web").build());
    assertThat(ServiceBalancer.wanted(annotated("id", "lb-7")))
        .contains(LoadBalancerRef.newBuilder().setBroughtId("lb-7").build());
  }

  @Test
  void wanted_ofAClusterIpService_thatAsksForIntranet() {
    Service asks =
        ServiceReader.read(
            service(
                "web",
                "\"type\": \"ClusterIP\", \"clusterIP\": \"10.96.0.1\"",
                annotations(Map.of(PREFIX + "address-type", "intranet"))));
    assertThat(ServiceBalancer.wanted(asks)).isPresent();
  }

  @Test
  void plain_isAnInternetBalancerWithItsPorts() {
    Part part = ServiceBalancer.of(ServiceReader.read(service("web", BALANCED, "")));

    assertThat(part.notices()).isEmpty();
    LoadBalancerSpec frame = part.frame();
    assertThat(frame.getIntranet()).isFalse();
    assertThat(frame.getName()).isEqualTo("default/web");
    assertThat(frame.getDeleteProtection()).isTrue();
    assertThat(frame.getTagsMap()).containsEntry("viking.io/owner", "Service/default/web");
    Listener listener = part.listeners().getFirst();
    assertThat(listener.getPort()).isEqualTo(80);
    assertThat(listener.getProtocol()).isEqualTo(Protocol.PROTOCOL_TCP);
    assertThat(listener.getDefaultServerGroup()).isEqualTo("svc/default/web/80/TCP");
    assertThat(listener.getHealthCheck().getEnabled()).isTrue();
  }

  @Test
  void settings_reachTheirFields() {
    LoadBalancerSpec frame =
        ServiceBalancer.of(
                annotated(
                    Map.of(
                        "spec", "slb.s2.small",
                        "bandwidth", "20",
                        "vswitch-id", "vsw-1",
                        "address-type", "intranet",
                        "additional-resource-tags", "team=shop,env=test",
                        "delete-protection", "off",
                        "charge-type", "paybybandwidth")))
            .frame();
    assertThat(frame.getSize()).isEqualTo("slb.s2.small");
    assertThat(frame.getBandwidthMbps()).isEqualTo(20);
    assertThat(frame.getVswitchesList()).containsExactly("vsw-1");
    assertThat(frame.getIntranet()).isTrue();
    assertThat(frame.getTagsMap()).containsEntry("team", "shop").containsEntry("env", "test");
    assertThat(frame.getDeleteProtection()).isFalse();
    assertThat(frame.getAttributesMap())
        .containsExactly(Map.entry("charge-type", "paybybandwidth"));
  }

  @Test
  void oldPrefix_isReadAsWell() {
    Service old =
        ServiceReader.read(
            service(
                "web",
                BALANCED,
                annotations(
                    Map.of("service.beta.kubernetes.io/alicloud-loadbalancer-bandwidth", "20"))));
    assertThat(ServiceBalancer.of(old).frame().getBandwidthMbps()).isEqualTo(20);
  }

  @Test
  void malformed_namesItself_andStopsNothingElse() {
    Part part = ServiceBalancer.of(annotated(Map.of("bandwidth", "much", "spec", "slb.s2.small")));

    assertThat(part.frame().getSize()).isEqualTo("slb.s2.small");
    assertThat(part.listeners()).hasSize(1);
    assertThat(part.notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.tell().reason()).isEqualTo("MalformedAnnotation");
              assertThat(notice.tell().message())
                  .contains(PREFIX + "bandwidth", "\"much\"", "an integer from 1 to 10000");
            });
  }

  @Test
  void unknown_isTold() {
    assertThat(ServiceBalancer.of(annotated("bandwith", "5")).notices())
        .singleElement()
        .satisfies(notice -> assertThat(notice.tell().message()).contains(PREFIX + "bandwith"));
  }

  @Test
  void httpsPort_needsACertificate() {
    Part without = ServiceBalancer.of(annotated("protocol-port", "https:80"));
    assertThat(without.listeners().getFirst().getProtocol()).isEqualTo(Protocol.PROTOCOL_TCP);
    assertThat(without.notices())
        .singleElement()
        .satisfies(n -> assertThat(n.tell().reason()).isEqualTo("MissingCertificate"));

    Part with =
        ServiceBalancer.of(annotated(Map.of("protocol-port", "https:80", "cert-id", "c-1")));
    assertThat(with.listeners().getFirst().getProtocol()).isEqualTo(Protocol.PROTOCOL_HTTPS);
    assertThat(with.listeners().getFirst().getCertificatesList()).containsExactly("c-1");
    assertThat(with.certificates().getFirst().getCloudId()).isEqualTo("c-1");
  }

  @Test
  void forwardPort_isARedirect() {
    Listener listener =
        ServiceBalancer.of(annotated(Map.of("protocol-port", "http:80", "forward-port", "80:443")))
            .listeners()
            .getFirst();
    assertThat(listener.getRules(0).getRedirect().getPort()).isEqualTo(443);
  }

  @Test
  void affinity_isKeptForAnHourAtMost() {
    Service service =
        ServiceReader.read(service("web", BALANCED + ", \"sessionAffinity\": \"ClientIP\"", ""));
    assertThat(ServiceBalancer.of(service).listeners().getFirst().getPersistence().getSeconds())
        .isEqualTo(3600);
  }

  @Test
  void sourceRanges_areWhoMayConnect() {
    Service service =
        ServiceReader.read(
            service("web", BALANCED + ", \"loadBalancerSourceRanges\": [\"10.0.0.0/8\"]", ""));
    assertThat(ServiceBalancer.of(service).listeners().getFirst().getAllowCidrsList())
        .containsExactly("10.0.0.0/8");
  }

  @Test
  void sctp_isTold_andLeftOut() {
    Service service =
        ServiceReader.read(
            service(
                "web",
                "\"type\": \"LoadBalancer\", \"ports\": [{\"port\": 7, \"protocol\": \"SCTP\"}]",
                ""));
    Part part = ServiceBalancer.of(service);
    assertThat(part.listeners()).isEmpty();
    assertThat(part.notices()).hasSize(1);
  }

  @Test
  void healthCheck_ofUdpAndHttp() {
    HealthCheck check =
        ServiceBalancer.of(
                annotated(
                    Map.of(
                        "protocol-port", "http:80",
                        "health-check-flag", "on",
                        "health-check-uri", "/ok",
                        "health-check-connect-port", "-520",
                        "health-check-interval", "7")))
            .listeners()
            .getFirst()
            .getHealthCheck();
    assertThat(check.getProtocol()).isEqualTo(Protocol.PROTOCOL_HTTP);
    assertThat(check.getPath()).isEqualTo("/ok");
    assertThat(check.getPort()).isZero();
    assertThat(check.getInterval().getSeconds()).isEqualTo(7);
  }

  @Test
  void backends_areReadyPods_andDrainTerminatingOnes_byTheNamedPort() {
    Group group =
        new Group(
            ServiceReader.read(service("web", BALANCED, "")).name(), "http", "TCP", 70, false);
    Map<BackendKey, Backend> backends =
        Backends.of(
            group,
            slices(
                slice(
                    "web",
                    "IPv4",
                    port("http", 8080) + ", " + port("metrics", 9090),
                    endpoint("10.0.0.1"),
                    endpoint("10.0.0.2", "", false, false),
                    endpoint("10.0.0.3", "", false, true)),
                oneSlice("web", "b", "IPv4", port("http", 8081), endpoint("10.0.0.4")),
                oneSlice("web", "c", "IPv6", port("http", 8080), endpoint("fd00::1"))));
    assertThat(backends.values())
        .extracting(Backend::getAddress, Backend::getPort, Backend::getWeight)
        .containsExactlyInAnyOrder(
            tuple("10.0.0.1", 8080, 70), tuple("10.0.0.3", 8080, 0), tuple("10.0.0.4", 8081, 70));
  }

  @Test
  void twoOnOneBroughtBalancer_theOlderHasThePort() {
    Part older = part("a", "2026-01-01T00:00:00Z", 80);
    Part younger = part("b", "2026-01-02T00:00:00Z", 80);
    Part other = part("c", "2026-01-03T00:00:00Z", 81);
    Plan plan =
        Plan.of(
                LoadBalancerRef.newBuilder().setBroughtId("lb-7").build(),
                List.of(other, younger, older))
            .orElseThrow();
    assertThat(plan.spec().getListenersList())
        .extracting(Listener::getDefaultServerGroup)
        .containsExactly("svc/default/a/80/TCP", "svc/default/c/81/TCP");
    assertThat(plan.notices())
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.owner().name().name()).isEqualTo("b");
              assertThat(notice.tell().reason()).isEqualTo("PortConflict");
            });
  }

  private static Part part(String name, String created, int port) {
    var service =
        service(name, "\"type\": \"LoadBalancer\", \"ports\": [{\"port\": " + port + "}]", "");
    service.getMetadata().setCreationTimestamp(OffsetDateTime.parse(created));
    return ServiceBalancer.of(ServiceReader.read(service));
  }

  private static List<Slice> slices(V1EndpointSlice... slices) {
    return Arrays.stream(slices).flatMap(one -> SliceReader.read(one).stream()).toList();
  }

  private static Service annotated(String suffix, String value) {
    return annotated(Map.of(suffix, value));
  }

  private static Service annotated(Map<String, String> suffixes) {
    Map<String, String> all = new TreeMap<>();
    suffixes.forEach((suffix, value) -> all.put(PREFIX + suffix, value));
    return ServiceReader.read(service("web", BALANCED, annotations(all)));
  }

  private static String annotations(Map<String, String> annotations) {
    return "\"annotations\": " + KubeJson.write(annotations);
  }
}
