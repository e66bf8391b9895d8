package io.viking.syncer.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.Zone;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.testing.FakeCache;
import io.viking.syncer.testing.FakeKubeApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ZoneNodeControllerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
  private static final ZoneNodeConfig CONFIG =
      new ZoneNodeConfig(
          "sim",
          "v1.36.3-viking",
          "127.0.0.1",
          10250,
          Duration.ofMillis(20),
          Duration.ofMinutes(5));

  private final FakeKubeApi api = new FakeKubeApi();
  private final FakeKubeApi leaseApi = new FakeKubeApi();
  private final FakeCache<V1Node> nodes = FakeCache.synced();
  private final ZoneNodeController controller =
      new ZoneNodeController(api, leaseApi, nodes, CONFIG, CLOCK);

  @AfterEach
  void close() {
    controller.close();
  }

  @Test
  void start_catalogComes_makesNodesAndRenewsTheirLeases() {
    controller.start();
    assertThat(controller.isReady()).isFalse();

    controller.catalogChanged(catalog("zone-a", "zone-b"));

    await().until(controller::isReady);
    assertThat(api.calls()).containsOnly("CREATE /api/v1/nodes").hasSize(2);
    await()
        .untilAsserted(
            () ->
                assertThat(leaseApi.patches())
                    .extracting(FakeKubeApi.Patch::path)
                    .contains(lease("zone-a"), lease("zone-b")));
    assertThat(leaseApi.patches().getFirst().json())
        .contains("\"renewTime\":\"2026-11-21T10:00:00.000000Z\"");
    assertThat(controller.isZoneNode("zone-a")).isTrue();
    assertThat(controller.isZoneNode("machine-1")).isFalse();
  }

  @Test
  void reconcile_catalogUnknownAfterARestart_keepsLeasesOfNodesThatAreThere() {
    nodes.put(node("zone-a"));
    controller.start();

    await().untilAsserted(() -> assertThat(leaseApi.patches()).isNotEmpty());

    assertThat(api.calls()).isEmpty();
    assertThat(controller.isReady()).isFalse();
  }

  @Test
  void reconcile_nodeDeletedByHand_makesItAgain() {
    controller.start();
    controller.catalogChanged(catalog("zone-a"));
    await().until(controller::isReady);
    V1Node made = api.get(ResourceType.NODES, "", "zone-a").orElseThrow();
    nodes.put(made);
    api.delete(ResourceType.NODES, "", "zone-a", "", 0);

    nodes.remove(made);

    await().until(() -> api.get(ResourceType.NODES, "", "zone-a").isPresent());
  }

  @Test
  void reconcile_nodeDeletedByHandDuringALook_makesItAgain() {
    var deleted = new AtomicBoolean();
    var deletedWhileLookedAt =
        new ForwardingCache(nodes) {
          @Override
          public Optional<V1Node> get(String namespace, String name) {
            Optional<V1Node> found = super.get(namespace, name);
            if (found.isPresent() && deleted.compareAndSet(false, true)) {
              api.delete(ResourceType.NODES, "", name, "", 0);
              nodes.remove(found.get());
            }
            return found;
          }
        };
    try (var looking = new ZoneNodeController(api, leaseApi, deletedWhileLookedAt, CONFIG, CLOCK)) {
      looking.start();
      looking.catalogChanged(catalog("zone-a"));
      await().until(looking::isReady);
      nodes.put(api.get(ResourceType.NODES, "", "zone-a").orElseThrow());

      await().until(() -> deleted.get());
      await().until(() -> api.get(ResourceType.NODES, "", "zone-a").isPresent());
    }
  }

  @Test
  void reconcile_zoneVanished_deletesNodeOnlyWithoutPods() {
    V1Node gone = node("zone-gone");
    gone.getMetadata().setUid("uid-n");
    gone.getSpec()
        .setTaints(
            java.util.List.of(
                taint("virtual-kubelet.io/provider", "viking"),
                taint("viking.io/zone-unavailable", null)));
    nodes.put(gone);
    api.with(
        ResourceType.PODS, new V1Pod().metadata(new V1ObjectMeta().name("p").namespace("shop")));
    controller.catalogChanged(catalog("zone-a"));

    controller.reconcile();
    assertThat(api.calls()).doesNotContain("DELETE /api/v1/nodes/zone-gone");
    assertThat(api.calls()).contains("LIST /api/v1/pods");
  }

  @Test
  void machines_ofAHybridCluster_areLeftAlone() {
    V1Node machine = new V1Node().metadata(new V1ObjectMeta().name("worker-1"));
    V1Node namedAsAZone = new V1Node().metadata(new V1ObjectMeta().name("zone-b"));
    nodes.put(machine);
    nodes.put(namedAsAZone);
    controller.catalogChanged(catalog("zone-a", "zone-b"));

    controller.reconcile();

    assertThat(api.calls()).containsExactly("CREATE /api/v1/nodes");
    assertThat(api.get(ResourceType.NODES, "", "zone-a")).isPresent();
    assertThat(controller.isZoneNode("zone-a")).isTrue();
    assertThat(controller.isZoneNode("zone-b")).as("a machine with the name of a zone").isFalse();
    assertThat(controller.isZoneNode("worker-1")).isFalse();
    assertThat(controller.isReady()).as("a zone without its Node").isFalse();
  }

  /** A cache that a test steps in the way of. */
  private static class ForwardingCache implements ObjectCache<V1Node> {
    private final ObjectCache<V1Node> cache;

    ForwardingCache(ObjectCache<V1Node> cache) {
      this.cache = cache;
    }

    @Override
    public void start() {
      cache.start();
    }

    @Override
    public boolean isSynced() {
      return cache.isSynced();
    }

    @Override
    public Optional<V1Node> get(String namespace, String name) {
      return cache.get(namespace, name);
    }

    @Override
    public Collection<V1Node> list() {
      return cache.list();
    }

    @Override
    public int size() {
      return cache.size();
    }

    @Override
    public void subscribe(Consumer<? super CacheEvent<V1Node>> listener) {
      cache.subscribe(listener);
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  private static String lease(String node) {
    return "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + node;
  }

  private static io.kubernetes.client.openapi.models.V1Taint taint(String key, String value) {
    return new io.kubernetes.client.openapi.models.V1Taint()
        .key(key)
        .value(value)
        .effect("NoSchedule");
  }

  private static V1Node node(String name) {
    return new V1Node()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new io.kubernetes.client.openapi.models.V1NodeSpec()
                .providerID("viking-sim://region-1/" + name));
  }

  private static CatalogSnapshot catalog(String... zones) {
    GetCatalogResponse.Builder catalog = GetCatalogResponse.newBuilder().setRevision(1);
    for (String zone : zones) {
      catalog.addZones(Zone.newBuilder().setId(zone).setRegion("region-1").setAvailable(true));
    }
    return CatalogSnapshot.of(catalog.build());
  }
}
