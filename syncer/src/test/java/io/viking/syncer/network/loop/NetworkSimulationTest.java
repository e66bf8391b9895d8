package io.viking.syncer.network.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.RecordType;
import io.viking.syncer.network.dns.DnsRecord;
import io.viking.syncer.network.dns.DnsZones;
import io.viking.syncer.network.dns.ServiceRecords;
import io.viking.syncer.network.ingress.IngressClass;
import io.viking.syncer.network.lb.BackendKey;
import io.viking.syncer.network.lb.Backends;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.lb.Plan;
import io.viking.syncer.network.lb.ServiceBalancer;
import io.viking.syncer.network.service.Endpoint;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.StatusIngress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold whatever happens: any sequence of changes, crashes and faults ends with the cloud
 * as the API server wants it, with no leak, and with nothing of others touched.
 *
 * <p>{@code -Dviking.seeds=N} plays more seeds, {@code -Dviking.seed=S} one alone.
 */
class NetworkSimulationTest {
  private static final NetworkLimits LIMITS =
      new NetworkLimits(true, true, 5, Duration.ofMillis(300), 7, 1 << 20);
  private static final DnsRecord.Key SCHEMA =
      new DnsRecord.Key("cluster.local", "dns-version", RecordType.RECORD_TYPE_TXT, "\"1.1.0\"");

  private static final Owner OCCUPIED = ModelApi.service("occupied");
  private static final String THEIR_FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
  private static final String SHARED =
      "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id\": \"lb-brought1\"";
  private static final int FOREIGN_PORT = 83;
  private static final String THEIR_ADDRESS = "192.0.2.9";

  static LongStream seeds() {
    Long one = Long.getLong("viking.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("viking.seeds", 60));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anything_endsWithTheCloudAsItShouldBe(long seed) {
    try {
      play(seed);
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "seed " + seed + " (replay with -Dviking.seed=" + seed + "): " + broken.getMessage(),
          broken);
    }
  }

  private static void play(long seed) {
    ModelRun run = new ModelRun(seed, NetworkConfig.DEFAULT, LIMITS);
    Random random = run.random;
    run.crash();
    run.faultPercent = random.nextInt(3) * 15;
    occupied(run);
    for (int i = 0; i < 150; i++) {
      change(run, random);
      run.run(Duration.ofMillis(random.nextInt(3000)));
    }
    run.faultPercent = 0;
    run.secret("tls", Optional.of("last"));
    // Faults were waited out, and what arrived late or was changed by hand is seen by a resync.
    run.run(Duration.ofMinutes(25));
    settle(run);
    check(run);
    refusals(run, random);
    for (Owner owner : run.api.owners()) {
      run.api.delete(owner);
    }
    run.run(Duration.ofMinutes(1));
    checkOccupied(run);
    run.api.vacate(OCCUPIED, THEIR_FINALIZER);
    run.run(Duration.ofMinutes(1));
    settle(run);
    assertThat(run.api.owners()).as("objects that stay").isEmpty();
    check(run);
  }

  /**
   * Some want a port that is somebody else's on every load balancer: the others get what they want
   * all the same, and they do when it is free.
   */
  private static void refusals(ModelRun run, Random random) {
    run.cloud.foreignPorts.add(FOREIGN_PORT);
    run.faultPercent = random.nextInt(2) * 15;
    for (int i = 0; i < 40; i++) {
      Owner service = ModelApi.service("s" + random.nextInt(6));
      switch (random.nextInt(5)) {
        case 0 -> run.api.delete(service);
        case 1 -> run.endpoints(service.name().name(), 8080, endpoints(random));
        default ->
            run.api.apply(
                service,
                random.nextInt(3) > 0 ? SHARED : "",
                "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": %d}]"
                    .formatted(80 + random.nextInt(4)));
      }
      run.run(Duration.ofMillis(random.nextInt(20_000)));
    }
    run.faultPercent = 0;
    run.run(Duration.ofMinutes(25));
    checkRefusals(run);
    run.cloud.foreignPorts.clear();
    run.run(Duration.ofMinutes(12));
    settle(run);
    check(run);
  }

  private static void checkRefusals(ModelRun run) {
    World world = world(run);
    for (var name : world.services()) {
      Service service = world.service(name).orElseThrow();
      Owner owner = Owner.service(name);
      Optional<LoadBalancerRef> ref = world.wanted(owner);
      if (ref.isEmpty()) {
        continue;
      }
      int port = service.ports().getFirst().port();
      boolean isRefused = port == FOREIGN_PORT;
      // A refused one may keep the port that it had, which another one wants.
      assertThat(service.conditions())
          .as("conditions of %s", name)
          .anyMatch(
              one ->
                  one.type().equals(BalancerStatus.CONDITION)
                      && (one.isTrue() == !isRefused || one.reason().equals("PortConflict")));
      if (!isRefused) {
        assertThat(run.cloud.balancers.get(ref.get()).spec.getListenersList())
            .as("listeners of %s, for %s", ref.get(), name)
            .anyMatch(listener -> listener.getPort() == port);
      }
    }
  }

  /** A Service of another load balancer class, and its controller. */
  private static void occupied(ModelRun run) {
    run.api.apply(
        OCCUPIED,
        "",
        """
        "type": "LoadBalancer", "clusterIP": "10.96.0.8",
        "loadBalancerClass": "example.com/metal", "ports": [{"name": "http", "port": 80}]\
        """);
    run.api.occupy(OCCUPIED, THEIR_FINALIZER, THEIR_ADDRESS);
  }

  private static void checkOccupied(ModelRun run) {
    Service service = run.api.service(OCCUPIED).orElseThrow();
    assertThat(service.balancedAt())
        .containsExactly(new StatusIngress(THEIR_ADDRESS, "", List.of()));
    assertThat(service.conditions()).isEmpty();
    assertThat(service.meta().finalizers()).containsExactly(THEIR_FINALIZER);
    assertThat(run.writes).as("writes to another controller's Service").doesNotContain(OCCUPIED);
  }

  /** What a resync has just begun to look at is looked at. */
  private static void settle(ModelRun run) {
    for (int i = 0; i < 30 && run.counts.pending() > 0; i++) {
      run.run(Duration.ofMillis(100));
    }
  }

  private static void change(ModelRun run, Random random) {
    String name = "s" + random.nextInt(6);
    switch (random.nextInt(14)) {
      case 0, 1, 2 ->
          run.api.apply(ModelApi.service(name), annotations(random), serviceSpec(random));
      case 3 -> run.api.delete(ModelApi.service(name));
      case 4, 5, 6, 7 -> run.endpoints(name, 8080 + random.nextInt(2), endpoints(random));
      case 8 -> run.removeEndpoints(name);
      case 9, 10 ->
          run.api.apply(ModelApi.ingress("i" + random.nextInt(3)), "", ingressSpec(random));
      case 11 -> run.api.delete(ModelApi.ingress("i" + random.nextInt(3)));
      case 12 ->
          run.secret(
              "tls",
              random.nextBoolean() ? Optional.of("c" + random.nextInt(3)) : Optional.empty());
      default -> disaster(run, random);
    }
  }

  private static void disaster(ModelRun run, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> run.crash();
      case 1 ->
          run.cloud.balancers.keySet().stream()
              .skip(random.nextInt(1 + run.cloud.balancers.size()))
              .findFirst()
              .ifPresent(run.cloud.balancers::remove);
      case 2 ->
          run.cloud.zones.values().stream()
              .findFirst()
              .ifPresent(
                  records -> {
                    List<DnsRecord.Key> keys = new ArrayList<>(records.keySet());
                    if (!keys.isEmpty()) {
                      DnsRecord.Key key = keys.get(random.nextInt(keys.size()));
                      int ttl = records.remove(key);
                      if (random.nextBoolean()) {
                        records.put(
                            new DnsRecord.Key(key.zone(), key.name(), key.type(), "10.99.9.9"),
                            ttl);
                      }
                    }
                  });
      default ->
          run.cloud.balancers.values().stream()
              .flatMap(balancer -> balancer.groups.values().stream())
              .filter(group -> !group.isEmpty())
              .findFirst()
              .ifPresent(group -> group.remove(group.keySet().iterator().next()));
    }
  }

  private static String annotations(Random random) {
    String prefix = "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
    return switch (random.nextInt(7)) {
      case 0 -> prefix + "id\": \"lb-brought" + (1 + random.nextInt(2)) + "\"";
      case 1 -> prefix + "address-type\": \"intranet\"";
      case 2 -> prefix + "bandwidth\": \"much\"";
      case 3 -> prefix + "default-weight\": \"40\"";
      default -> "";
    };
  }

  private static String serviceSpec(Random random) {
    String ports = "\"ports\": [{\"name\": \"http\", \"port\": " + (80 + random.nextInt(3)) + "}]";
    return switch (random.nextInt(5)) {
      case 0 -> "\"clusterIP\": \"None\", \"clusterIPs\": [\"None\"], " + ports;
      case 1 -> "\"clusterIP\": \"10.96.0.9\", \"clusterIPs\": [\"10.96.0.9\"], " + ports;
      case 2 -> "\"type\": \"ExternalName\", \"externalName\": \"db.example.com\"";
      default -> "\"type\": \"LoadBalancer\", \"clusterIP\": \"10.96.0.9\", " + ports;
    };
  }

  private static String ingressSpec(Random random) {
    String tls = random.nextBoolean() ? ", \"tls\": [{\"secretName\": \"tls\"}]" : "";
    return """
        "ingressClassName": "%s",
        "rules": [{"host": "h%d.example", "http": {"paths": [
          {"path": "/%d", "pathType": "Prefix",
           "backend": {"service": {"name": "s%d", "port": {"name": "http"}}}}]}}]%s
        """
        .formatted(
            List.of("alb", "slb", "other").get(random.nextInt(3)),
            random.nextInt(2),
            random.nextInt(2),
            random.nextInt(6),
            tls);
  }

  private static List<Endpoint> endpoints(Random random) {
    List<Endpoint> endpoints = new ArrayList<>();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      boolean terminating = random.nextInt(5) == 0;
      boolean ready = !terminating && random.nextInt(5) > 0;
      String address = "10.1.0." + (1 + random.nextInt(12));
      if (endpoints.stream().noneMatch(one -> one.address().equals(address))) {
        endpoints.add(
            new Endpoint(address, ready, terminating, i == 0 ? "pet" : "", "pod-" + address));
      }
    }
    return endpoints;
  }

  /** The cloud is what follows from the API server alone. */
  private static void check(ModelRun run) {
    World world = world(run);
    Map<LoadBalancerRef, Boolean> wanted = new HashMap<>();
    for (Owner owner : run.api.owners()) {
      world.wanted(owner).ifPresent(ref -> wanted.put(ref, true));
      assertThat(Finalizers.has(world.meta(owner)))
          .as("%s has our finalizer", owner)
          .isEqualTo(world.wanted(owner).isPresent());
    }
    assertThat(run.cloud.balancers.keySet()).as("load balancers").isEqualTo(wanted.keySet());
    for (LoadBalancerRef ref : wanted.keySet()) {
      Plan plan = world.plan(ref, world.declared(ref, Set.of())).orElseThrow();
      ModelCloud.Balancer has = run.cloud.balancers.get(ref);
      assertThat(has.spec).isEqualTo(plan.spec());
      Map<String, Map<BackendKey, Backend>> backends = new TreeMap<>();
      plan.groups()
          .forEach(
              (name, group) -> {
                var of = Backends.of(group, world.slices(group.service()));
                if (!of.isEmpty()) {
                  backends.put(name, of);
                }
              });
      has.groups.values().removeIf(Map::isEmpty);
      assertThat(has.groups).as("backends of %s", ref).isEqualTo(backends);
    }
    checkStatuses(run, world);
    checkRecords(run, world);
    assertThat(run.counts.pending()).as("what is not in line").isZero();
  }

  /** What the API server wants. */
  private static World world(ModelRun run) {
    World world = new World();
    world.put(new IngressClass("alb", IngressClass.ALB, ""));
    world.put(new IngressClass("slb", IngressClass.SLB, ""));
    run.secrets.values().forEach(world::put);
    run.slices.values().forEach(world::put);
    for (Owner owner : run.api.owners()) {
      run.api.service(owner).filter(_ -> owner.kind() == Owner.Kind.SERVICE).ifPresent(world::put);
      run.api.ingress(owner).filter(_ -> owner.kind() == Owner.Kind.INGRESS).ifPresent(world::put);
    }
    for (Owner owner : run.api.owners()) {
      world.assign(owner);
    }
    return world;
  }

  private static void checkStatuses(ModelRun run, World world) {
    for (var name : world.services()) {
      Service service = world.service(name).orElseThrow();
      boolean isOurs = world.wanted(Owner.service(name)).isPresent();
      if (!isOurs) {
        assertThat(service.conditions()).as("conditions of %s", name).isEmpty();
      }
      if (isOurs) {
        assertThat(service.balancedAt())
            .as("status of %s", name)
            .hasSize(service.type() == Service.Type.LOAD_BALANCER ? 1 : 0);
        boolean isServed = !isPortTaken(world, Owner.service(name));
        assertThat(service.conditions())
            .as("conditions of %s", name)
            .anyMatch(
                one -> one.type().equals(BalancerStatus.CONDITION) && one.isTrue() == isServed);
      }
    }
    for (var name : world.ingresses()) {
      boolean isOurs = world.wanted(Owner.ingress(name)).isPresent();
      assertThat(world.ingress(name).orElseThrow().balancedAt())
          .as("status of %s", name)
          .hasSize(isOurs ? 1 : 0);
    }
  }

  /** Of two that want one port of a load balancer, the older has it. */
  private static boolean isPortTaken(World world, Owner owner) {
    LoadBalancerRef ref = world.wanted(owner).orElseThrow();
    Plan plan = world.plan(ref, world.declared(ref, Set.of())).orElseThrow();
    return plan.notices().stream()
        .anyMatch(
            notice ->
                notice.owner().equals(owner) && notice.tell().reason().equals("PortConflict"));
  }

  private static void checkRecords(ModelRun run, World world) {
    Map<DnsRecord.Key, Integer> expected = new HashMap<>();
    expected.put(SCHEMA, DnsZones.DEFAULT.ttl());
    for (var name : world.services()) {
      Service service = world.service(name).orElseThrow();
      Optional<List<StatusIngress>> at =
          service.type() == Service.Type.LOAD_BALANCER
              ? Optional.of(service.balancedAt())
              : ServiceBalancer.wanted(service)
                  .map(
                      ref ->
                          List.of(
                              new StatusIngress(
                                  "47.1.0."
                                      + Math.floorMod(
                                          run.cloud.balancers.get(ref).cloudId.hashCode(), 250),
                                  "",
                                  List.of())));
      expected.putAll(ServiceRecords.of(service, world.slices(name), at, DnsZones.DEFAULT));
    }
    Map<DnsRecord.Key, Integer> all = new HashMap<>();
    run.cloud.zones.values().forEach(all::putAll);
    assertThat(all).isEqualTo(expected);
  }

  @Test
  void aChangedEndpoint_takesOneCallForItsGroup_andOnlyIts() {
    ModelRun run =
        new ModelRun(
            3,
            NetworkConfig.DEFAULT,
            new NetworkLimits(true, true, 40, Duration.ZERO, 100, 1 << 20));
    run.crash();
    for (int i = 0; i < 20; i++) {
      run.api.apply(
          ModelApi.service("s" + i),
          "",
          "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": 80}]");
      run.endpoints("s" + i, 8080, List.of(pod("10.1." + i + ".1"), pod("10.1." + i + ".2")));
    }
    run.run(Duration.ofMinutes(1));
    check(run);
    run.cloud.calls.clear();

    run.endpoints("s7", 8080, List.of(pod("10.1.7.1"), pod("10.1.7.3")));
    run.run(Duration.ofSeconds(1));

    assertThat(run.cloud.calls).isEqualTo(Map.of("UpdateBackends", 1));
    check(run);
  }

  @Test
  void aServiceThatGrowsTo500Pods_takesFewCalls() {
    ModelRun run =
        new ModelRun(
            3,
            NetworkConfig.DEFAULT,
            new NetworkLimits(true, true, 40, Duration.ZERO, 100, 1 << 20));
    run.crash();
    run.api.apply(
        ModelApi.service("web"),
        "",
        "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": 80}]");
    run.run(Duration.ofSeconds(20));
    run.cloud.calls.clear();
    List<Endpoint> pods = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      pods.add(pod("10.1." + i / 200 + "." + (1 + i % 200)));
      run.endpoints("web", 8080, List.copyOf(pods));
      run.run(Duration.ofMillis(10));
    }
    run.run(Duration.ofSeconds(3));

    assertThat(run.cloud.calls.get("UpdateBackends")).isLessThanOrEqualTo(20);
    check(run);
  }

  @Test
  void beyondTheQuota_whatLeavesIsRemoved_andTheUserIsTold() {
    ModelRun run = new ModelRun(5, NetworkConfig.DEFAULT, LIMITS);
    run.crash();
    run.cloud.mostBackends = 3;
    run.api.apply(
        ModelApi.service("web"),
        "",
        "\"type\": \"LoadBalancer\", \"ports\": [{\"name\": \"http\", \"port\": 80}]");
    run.endpoints(
        "web", 8080, List.of(pod("10.1.0.1"), pod("10.1.0.2"), pod("10.1.0.3"), pod("10.1.0.4")));
    run.run(Duration.ofSeconds(20));

    Owner web = ModelApi.service("web");
    assertThat(run.told).anyMatch(one -> one.tell().reason().equals("LoadBalancerQuotaExceeded"));
    assertThat(run.api.service(web).orElseThrow().conditions())
        .anyMatch(one -> !one.isTrue() && one.reason().equals("QuotaExceeded"));

    run.endpoints("web", 8080, List.of(pod("10.1.0.3"), pod("10.1.0.4")));
    run.run(Duration.ofSeconds(5));

    check(run);
  }

  private static Endpoint pod(String address) {
    return new Endpoint(address, true, false, "", "pod-" + address);
  }
}
