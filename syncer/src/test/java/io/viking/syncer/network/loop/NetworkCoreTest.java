package io.viking.syncer.network.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.RecordType;
import io.viking.syncer.network.dns.DnsRecord;
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.lb.BackendKey;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.Endpoint;
import io.viking.syncer.network.service.StatusIngress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Single things that the simulation would find only by chance. */
class NetworkCoreTest {
  private static final NetworkLimits LIMITS =
      new NetworkLimits(true, true, 40, Duration.ZERO, 100, 1 << 20);
  private static final Owner WEB = ModelApi.service("web");
  private static final String BALANCED =
      "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": 80}]";
  private static final String HEADLESS =
      "\"clusterIP\": \"None\", \"clusterIPs\": [\"None\"], \"ports\": [{\"name\": \"http\", \"port\": 80}]";

  @Test
  void aForeignRecord_isLeft_toldOnce_andReplacedWhenItIsGone() {
    ModelRun run = run(LIMITS);
    var theirs =
        new DnsRecord.Key("cluster.local", "web.default.svc", RecordType.RECORD_TYPE_A, "10.1.0.1");
    run.cloud.foreign.add(theirs);
    run.api.apply(WEB, "", HEADLESS);
    run.endpoints("web", 8080, List.of(pod("10.1.0.1"), pod("10.1.0.2")));
    run.run(Duration.ofHours(1));

    assertThat(run.told).extracting(one -> one.tell().reason()).containsExactly("DnsRecordFailed");
    assertThat(run.cloud.zones.get("cluster.local").keySet())
        .doesNotContain(theirs)
        .anyMatch(key -> key.value().equals("10.1.0.2"));
    assertThat(run.cloud.calls.get("ApplyRecords")).as("calls of an hour").isLessThan(30);

    run.cloud.foreign.clear();
    run.run(Duration.ofMinutes(10));

    assertThat(run.cloud.zones.get("cluster.local")).containsKey(theirs);
  }

  @Test
  void aCloudThatTakesSomeRecordsAtATime_isGivenTheRestAtItsRate() {
    ModelRun run = run(LIMITS);
    run.cloud.recordsPerCall = 10;
    run.api.apply(WEB, "", HEADLESS);
    run.endpoints(
        "web", 8080, IntStream.rangeClosed(1, 60).mapToObj(i -> pod("10.1.0." + i)).toList());

    run.run(Duration.ofSeconds(40));

    assertThat(run.cloud.zones.get("cluster.local").keySet())
        .filteredOn(key -> key.name().equals("web.default.svc"))
        .filteredOn(key -> key.type() == RecordType.RECORD_TYPE_A)
        .hasSize(60);
  }

  @Test
  void aServiceThatMovesToAnotherLoadBalancer_leavesTheOldOneWhenTheNewOneServes() {
    ModelRun run = run(LIMITS);
    run.api.apply(WEB, "", BALANCED);
    run.endpoints("web", 8080, List.of(pod("10.1.0.1")));
    run.run(Duration.ofMinutes(1));
    LoadBalancerRef own = run.cloud.balancers.keySet().iterator().next();
    run.api.apply(
        WEB,
        "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id\": \"lb-brought1\"",
        BALANCED);
    LoadBalancerRef brought = LoadBalancerRef.newBuilder().setBroughtId("lb-brought1").build();

    for (int i = 0; i < 6_000 && run.cloud.balancers.containsKey(own); i++) {
      run.run(Duration.ofMillis(10));
    }

    ModelCloud.Balancer next = run.cloud.balancers.get(brought);
    assertThat(next.looksUntilActive).as("looks until the new one is active").isNotPositive();
    assertThat(next.groups.values()).anyMatch(group -> !group.isEmpty());
    assertThat(run.cloud.balancers).containsOnlyKeys(brought);
  }

  @Test
  void aServiceThatCannotMove_doesNotKeepTheOldOneForEver() {
    ModelRun run = run(LIMITS);
    run.api.apply(WEB, "", BALANCED);
    run.run(Duration.ofMinutes(1));
    run.api.apply(
        WEB,
        "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id\": \"lb-missing\"",
        BALANCED);
    run.run(Duration.ofMinutes(1));

    assertThat(run.cloud.balancers).isEmpty();
    assertThat(run.api.service(WEB).orElseThrow().conditions())
        .anyMatch(one -> one.type().equals(BalancerStatus.CONDITION) && !one.isTrue());
  }

  @Test
  void aLoadBalancerWhoseNewListenersAreRefused_followsItsPodsNevertheless() {
    ModelRun run = run(LIMITS);
    run.api.apply(WEB, "", BALANCED);
    run.endpoints("web", 8080, List.of(pod("10.1.0.1")));
    run.run(Duration.ofMinutes(1));
    run.cloud.foreignPorts.add(81);
    run.api.apply(
        WEB,
        "",
        "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": 80}, {\"name\": \"other\", \"port\": 81}]");
    run.run(Duration.ofMinutes(10));
    run.endpoints("web", 8080, List.of(pod("10.1.0.2")));
    run.run(Duration.ofSeconds(2));

    ModelCloud.Balancer balancer = run.cloud.balancers.values().iterator().next();
    assertThat(balancer.spec.getListenersList()).hasSize(1);
    assertThat(balancer.groups.get(balancer.spec.getListeners(0).getDefaultServerGroup()).keySet())
        .extracting(BackendKey::address)
        .containsExactly("10.1.0.2");
    assertThat(run.told).extracting(one -> one.tell().reason()).contains("LoadBalancerForeign");
    assertThat(run.cloud.calls.get("Ensure")).as("tries of ten minutes").isLessThan(15);

    run.cloud.foreignPorts.clear();
    run.run(Duration.ofMinutes(6));

    assertThat(balancer.spec.getListenersList()).hasSize(2);
  }

  @Test
  void aServiceWhoseListenerIsRefused_goesAtOnce_andLeavesTheOthers() {
    ModelRun run = run(LIMITS);
    Owner late = ModelApi.service("late");
    String shared = "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id\": \"lb-brought1\"";
    run.api.apply(WEB, shared, BALANCED);
    run.run(Duration.ofMinutes(1));
    run.cloud.foreignPorts.add(81);
    run.api.apply(late, shared, BALANCED.replace("\"port\": 80", "\"port\": 81"));
    run.run(Duration.ofMinutes(20));
    assertThat(run.told).anyMatch(one -> one.tell().message().contains("force-override-listeners"));

    run.api.delete(late);
    run.run(Duration.ofSeconds(2));

    assertThat(run.api.service(late)).isEmpty();
    assertThat(run.cloud.balancers.values().iterator().next().spec.getListenersList()).hasSize(1);
  }

  @Test
  void aServiceThatNeverGotItsLoadBalancer_goesAtOnce() {
    ModelRun run = run(LIMITS);
    run.cloud.foreignPorts.add(80);
    run.api.apply(
        WEB,
        "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id\": \"lb-brought1\"",
        BALANCED);
    run.run(Duration.ofMinutes(20));
    run.api.delete(WEB);
    run.run(Duration.ofSeconds(2));

    assertThat(run.api.service(WEB)).isEmpty();
  }

  @Test
  void aPoolThatSaysHowOftenItTakesBackends_isCalledNoMoreOften() {
    ModelRun run = run(new NetworkLimits(true, true, 40, Duration.ofSeconds(2), 100, 1 << 20));
    run.api.apply(WEB, "", BALANCED);
    run.run(Duration.ofMinutes(1));
    run.cloud.calls.clear();
    run.endpoints("web", 8080, IntStream.range(0, 200).mapToObj(i -> pod("10.1.0." + i)).toList());
    run.run(Duration.ofSeconds(5));

    assertThat(run.cloud.calls.get("UpdateBackends")).as("calls of five seconds").isEqualTo(3);

    run.run(Duration.ofSeconds(10));

    assertThat(run.cloud.balancers.values().iterator().next().groups.values())
        .anyMatch(group -> group.size() == 200);
    assertThat(run.cloud.calls.get("UpdateBackends")).isEqualTo(5);
  }

  @Test
  void aServiceOfAnotherTypeNow_saysNothingOfItsLoadBalancerAnyMore() {
    ModelRun run = run(LIMITS);
    run.api.apply(WEB, "", BALANCED);
    run.run(Duration.ofMinutes(1));
    assertThat(run.api.service(WEB).orElseThrow().conditions()).isNotEmpty();
    run.api.apply(WEB, "", HEADLESS);
    run.run(Duration.ofMinutes(1));

    assertThat(run.api.service(WEB).orElseThrow().conditions()).isEmpty();
    assertThat(run.api.service(WEB).orElseThrow().meta().finalizers()).isEmpty();
    assertThat(run.cloud.balancers).isEmpty();
  }

  @Test
  void aPoolWithoutLoadBalancers_isAskedForNone_andKeepsNothingInMind() {
    ModelRun run = run(new NetworkLimits(false, true, 40, Duration.ZERO, 100, 1 << 20));
    run.api.apply(WEB, "", BALANCED);
    run.endpoints("web", 8080, List.of(pod("10.1.0.1")));
    run.run(Duration.ofHours(1));

    assertThat(run.cloud.calls).doesNotContainKeys("ListBalancers", "Ensure", "UpdateBackends");
    assertThat(run.writes).isEmpty();
    assertThat(run.counts.worldKnown()).isTrue();
    assertThat(run.counts.pending()).isZero();
    assertThat(run.counts.balancers()).isZero();
  }

  @Test
  void aPoolWithoutDns_isAskedForNone() {
    ModelRun run = run(new NetworkLimits(true, false, 40, Duration.ZERO, 100, 1 << 20));
    run.api.apply(WEB, "", BALANCED);
    run.endpoints("web", 8080, List.of(pod("10.1.0.1")));
    run.run(Duration.ofHours(1));

    assertThat(run.cloud.calls).doesNotContainKeys("OpenZone", "ApplyRecords");
    assertThat(run.cloud.balancers).hasSize(1);
    assertThat(run.counts.pending()).isZero();
  }

  @Test
  void anIngress_waitsForTheAlbConfigThatNamesItsLoadBalancer() {
    ModelRun run = new ModelRun(7, NetworkConfig.DEFAULT, LIMITS);
    run.knowsAlbConfigs = false;
    run.crash();
    run.api.apply(
        ModelApi.ingress("shop"),
        "",
        """
        "ingressClassName": "alb", "defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}\
        """);
    run.run(Duration.ofSeconds(5));
    assertThat(run.cloud.calls).doesNotContainKey("Ensure");

    run.albConfig(
        new AlbConfig(
            "default",
            true,
            "lb-brought2",
            false,
            "",
            false,
            List.of(),
            true,
            Map.of(),
            List.of()));
    run.run(Duration.ofMinutes(1));

    assertThat(run.cloud.balancers)
        .containsOnlyKeys(LoadBalancerRef.newBuilder().setBroughtId("lb-brought2").build());
  }

  @Test
  void withoutTheResourceAlbConfig_theRestIsServedAfterAWhile() {
    ModelRun run = new ModelRun(7, NetworkConfig.DEFAULT, LIMITS);
    run.knowsAlbConfigs = false;
    run.crash();
    run.api.apply(WEB, "", BALANCED);
    run.run(Duration.ofMinutes(1));

    assertThat(run.api.service(WEB).orElseThrow().balancedAt())
        .singleElement()
        .extracting(StatusIngress::ip)
        .asString()
        .startsWith("47.1.0.");
  }

  @Test
  void anIngressWithADefaultBackendAlone_staysAfterARestartUntilTheCloudHasNothingOfIt() {
    ModelRun run = run(LIMITS);
    Owner shop = ModelApi.ingress("shop");
    run.api.apply(
        shop,
        "",
        """
        "ingressClassName": "alb", "defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}\
        """);
    run.run(Duration.ofMinutes(1));
    run.crash();
    run.api.delete(shop);

    for (int i = 0; i < 6_000 && run.api.ingress(shop).isPresent(); i++) {
      run.run(Duration.ofMillis(1));
    }

    assertThat(run.api.ingress(shop)).isEmpty();
    assertThat(run.cloud.balancers).as("at the very moment that it is gone").isEmpty();
  }

  private static ModelRun run(NetworkLimits limits) {
    ModelRun run = new ModelRun(7, NetworkConfig.DEFAULT, limits);
    run.crash();
    return run;
  }

  private static Endpoint pod(String address) {
    return new Endpoint(address, true, false, "", "pod-" + address);
  }
}
