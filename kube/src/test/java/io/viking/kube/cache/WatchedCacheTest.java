package io.viking.kube.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.Selection;
import io.viking.kube.client.TestingClients;
import io.viking.kube.testing.HandClock;
import io.viking.kube.testing.TestingApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedCacheTest {
  private final TestingApiServer server = new TestingApiServer();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final KubeClients clients =
      TestingClients.plain(server.url(), KubeClientConfig.DEFAULT, metrics);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Optional<WatchedCache<V1Pod>> opened = Optional.empty();

  @AfterEach
  void close() {
    opened.ifPresent(WatchedCache::close);
    clients.close();
    server.close();
  }

  @Test
  void start_moreThanAPage_listsAllThenFollows() {
    for (int i = 0; i < 1_201; i++) {
      server.put("ns", "p" + i, "u" + i);
    }
    var cache = open();
    await().until(() -> cache.isSynced() && server.watching() == 1);
    assertThat(cache.size()).isEqualTo(1_201);
    assertThat(server.lists()).hasSize(3).allMatch(list -> list.query().contains("limit=500"));
    server.put("ns", "later", "u");
    await().until(() -> cache.get("ns", "later").isPresent());
    await().until(() -> told.size() == 1_203);
    assertThat(told.get(1_201)).isEqualTo("synced");
    assertThat(told.getLast()).isEqualTo("added ns/later u");
    var watch = server.seen("watch=true").getFirst().query();
    assertThat(watch).contains("allowWatchBookmarks=true").contains("timeoutSeconds=");
  }

  @Test
  void watch_tellsEveryChangeInOrder() {
    openSynced();
    server.put("ns", "a", "1");
    server.put("ns", "a", "1");
    server.remove("ns", "a");
    server.put("ns", "a", "2");
    await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .containsExactly(
                        "synced",
                        "added ns/a 1",
                        "updated ns/a 1",
                        "deleted ns/a 1",
                        "added ns/a 2"));
  }

  @Test
  void watch_ends_isResumedWithoutAList() {
    openSynced();
    server.put("ns", "a", "1");
    await().until(() -> told.contains("added ns/a 1"));
    server.bookmark();
    String bookmarked = server.resourceVersion();
    server.endWatches();
    await().until(() -> server.seen("resourceVersion=" + bookmarked).size() == 1);
    server.put("ns", "b", "2");
    await().until(() -> told.contains("added ns/b 2"));
    assertThat(server.lists()).hasSize(1);
  }

  @Test
  void watch_ofATooOldVersion_listsAgainAndTellsTheDifference() {
    server.put("ns", "stays", "1");
    server.put("ns", "goes", "2");
    server.put("ns", "replaced", "3");
    openSynced();
    server.removeSilently("ns", "goes");
    server.putSilently("ns", "replaced", "4");
    server.putSilently("ns", "comes", "5");
    server.compact();
    server.endWatches();
    await()
        .untilAsserted(
            () ->
                assertThat(told.stream().skip(4))
                    .containsExactly(
                        "deleted ns/goes 2",
                        "deleted ns/replaced 3",
                        "added ns/replaced 4",
                        "added ns/comes 5"));
    assertThat(server.lists()).hasSize(2);
  }

  @Test
  void watch_endedByABusyServerAgainAndAgain_isResumedWithoutAPause() {
    var timing =
        new WatchTiming(
            Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));
    var cache = open(UnaryOperator.identity(), timing);
    await().until(() -> cache.isSynced() && server.watching() == 1);
    for (int i = 0; i < 20; i++) {
      String name = "p" + i;
      server.put("ns", name, "u");
      await().until(() -> cache.get("ns", name).isPresent());
      server.endWatches();
      await().until(() -> server.watching() == 1);
    }
    assertThat(server.lists()).hasSize(1);
  }

  @Test
  void list_continueTokenExpires_takesTheWholeList() {
    for (int i = 0; i < 600; i++) {
      server.put("ns", "p" + i, "u" + i);
    }
    var items = new com.google.gson.JsonArray();
    items.add(TestingApiServer.pod("ns", "stale", "x"));
    server.answerNextList(
        200,
        "{\"metadata\":{\"resourceVersion\":\"1\",\"continue\":\"old\"},\"items\":" + items + "}");
    server.answerNextList(410, "{\"code\":410,\"reason\":\"Expired\",\"message\":\"expired\"}");
    var cache = open();
    await().until(cache::isSynced);
    assertThat(cache.size()).isEqualTo(600);
    assertThat(cache.get("ns", "stale")).isEmpty();
    assertThat(server.lists()).hasSize(3);
    assertThat(server.lists().getLast().query()).doesNotContain("limit");
  }

  @Test
  void list_serverError_isTriedAgain() {
    server.answerNextList(500, "");
    server.answerNextList(429, "");
    var cache = open();
    await().until(cache::isSynced);
    assertThat(server.lists()).hasSize(3);
  }

  @Test
  void watch_serverError_isTriedAgainWithoutAList() {
    server.answerNextWatch(500, "");
    server.answerNextWatch(503, "");
    openSynced();
    server.put("ns", "a", "1");
    await().until(() -> told.contains("added ns/a 1"));
    assertThat(server.lists()).hasSize(1);
    assertThat(metrics.get("viking_cache_watch_breaks_total").counter().count())
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  void watch_undecodableObject_isSkippedWithoutAList() {
    var cache = openSynced();
    server.put(undecodable("bad"));
    server.put("ns", "good", "1");
    await().until(() -> told.contains("added ns/good 1"));
    assertThat(cache.get("ns", "bad")).isEmpty();
    assertThat(server.lists()).hasSize(1);
    assertThat(server.seen("watch=true")).hasSize(1);
    assertThat(unreadable()).isEqualTo(1);
    // Once it can be read again, it is there.
    server.put("ns", "bad", "bad");
    await().until(() -> told.contains("added ns/bad bad"));
  }

  @Test
  void list_undecodableObject_isSkippedAndTheOthersAreThere() {
    server.put("ns", "a", "1");
    server.put(undecodable("bad"));
    server.put("ns", "b", "2");
    var cache = openSynced();
    assertThat(cache.list()).hasSize(2);
    assertThat(unreadable()).isEqualTo(1);
  }

  @Test
  void watch_knownObjectBecomesUndecodable_keepsItUntilItIsDeleted() {
    server.put("ns", "a", "1");
    var cache = openSynced();
    JsonObject bad = undecodable("a");
    server.put(bad);
    await().until(() -> unreadable() == 1);
    assertThat(cache.get("ns", "a")).isPresent();
    server.remove("ns", "a");
    await().until(() -> told.contains("deleted ns/a 1"));
  }

  @Test
  void watch_lineThatIsNoEvent_breaksTheWatchOnly() {
    openSynced();
    server.sendLine("{\"type\":\"ADD");
    await().until(() -> server.seen("watch=true").size() == 2);
    server.put("ns", "a", "1");
    await().until(() -> told.contains("added ns/a 1"));
    assertThat(server.lists()).hasSize(1);
  }

  @Test
  void objects_areStrippedAndTransformed() {
    server.put(
        JsonParser.parseString(
                """
                {"metadata": {"namespace": "ns", "name": "a", "uid": "1",
                  "managedFields": [{"manager": "kubectl"}],
                  "annotations": {"keep": "x", "kubectl.kubernetes.io/last-applied-configuration": "{}"}},
                 "spec": {"containers": []}, "status": {"phase": "Running"}, "newField": 1}
                """)
            .getAsJsonObject());
    var cache = open(pod -> pod.spec(null));
    await().until(cache::isSynced);
    V1Pod pod = cache.get("ns", "a").orElseThrow();
    assertThat(pod.getMetadata().getManagedFields()).isNull();
    assertThat(pod.getMetadata().getAnnotations()).containsOnlyKeys("keep");
    assertThat(pod.getSpec()).isNull();
    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
  }

  @Test
  void subscribe_whenSynced_hearsTheContentThenSyncedThenChanges() {
    server.put("ns", "a", "1");
    var cache = openSynced();
    List<String> late = new CopyOnWriteArrayList<>();
    cache.subscribe(event -> late.add(describe(event)));
    server.put("ns", "b", "2");
    await()
        .untilAsserted(
            () -> assertThat(late).containsExactly("added ns/a 1", "synced", "added ns/b 2"));
  }

  @Test
  void subscribe_aListenerThatThrows_harmsNobody() {
    var cache = open();
    cache.subscribe(
        event -> {
          throw new IllegalStateException("a defect");
        });
    await().until(cache::isSynced);
    server.put("ns", "a", "1");
    await().until(() -> told.contains("added ns/a 1"));
  }

  @Test
  void selection_goesWithListAndWatch() {
    var selection = Selection.ALL.withLabels("app=web").withFields("spec.nodeName=zone-a");
    var cache =
        new WatchedCache<>(
            clients.listWatch(ResourceType.PODS, selection), UnaryOperator.identity(), metrics);
    opened = Optional.of(cache);
    cache.start();
    await().until(() -> server.watching() == 1);
    assertThat(server.seen("/api/v1/pods"))
        .hasSize(2)
        .allMatch(seen -> seen.query().contains("labelSelector=app=web"))
        .allMatch(seen -> seen.query().contains("fieldSelector=spec.nodeName=zone-a"));
  }

  @Test
  void close_endsTheWatchAndKeepsTheContent() {
    server.put("ns", "a", "1");
    var cache = openSynced();
    cache.close();
    await()
        .until(
            () -> {
              server.sendLine("{}");
              return server.watching() == 0;
            });
    assertThat(cache.get("ns", "a")).isPresent();
  }

  private WatchedCache<V1Pod> openSynced() {
    var cache = open();
    await().until(() -> cache.isSynced() && server.watching() == 1);
    await().until(() -> told.contains("synced"));
    return cache;
  }

  private WatchedCache<V1Pod> open() {
    return open(UnaryOperator.identity());
  }

  private WatchedCache<V1Pod> open(UnaryOperator<V1Pod> transform) {
    var timing =
        new WatchTiming(
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofSeconds(10),
            Duration.ofHours(1));
    return open(transform, timing);
  }

  private WatchedCache<V1Pod> open(UnaryOperator<V1Pod> transform, WatchTiming timing) {
    var cache =
        new WatchedCache<>(
            clients.listWatch(ResourceType.PODS, Selection.ALL),
            transform,
            new HandClock(),
            new Random(1),
            timing,
            metrics);
    opened = Optional.of(cache);
    cache.subscribe(event -> told.add(describe(event)));
    cache.start();
    return cache;
  }

  private double unreadable() {
    return metrics.get("viking_cache_unreadable_objects_total").counter().count();
  }

  /** A pod whose field has another type than ours. */
  private static JsonObject undecodable(String name) {
    JsonObject pod = TestingApiServer.pod("ns", name, name.equals("a") ? "1" : name);
    pod.getAsJsonObject("spec").addProperty("containers", "none");
    return pod;
  }

  private static String describe(CacheEvent<V1Pod> event) {
    return switch (event) {
      case CacheEvent.Added<V1Pod>(V1Pod pod) -> "added " + describe(pod);
      case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> "updated " + describe(pod);
      case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) -> "deleted " + describe(pod);
      case CacheEvent.Synced<V1Pod>() -> "synced";
    };
  }

  private static String describe(V1Pod pod) {
    ObjectRef ref = ObjectRef.of(pod);
    return ref + " " + ref.uid();
  }
}
