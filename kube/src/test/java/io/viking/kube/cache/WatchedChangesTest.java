package io.viking.kube.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.Selection;
import io.viking.kube.client.TestingClients;
import io.viking.kube.testing.TestingApiServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedChangesTest {
  private final TestingApiServer server = new TestingApiServer();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final KubeClients clients =
      TestingClients.plain(server.url(), KubeClientConfig.DEFAULT, metrics);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Optional<WatchedChanges<V1Pod>> opened = Optional.empty();

  @AfterEach
  void close() {
    opened.ifPresent(WatchedChanges::close);
    clients.close();
    server.close();
  }

  @Test
  void start_tellsWhatThereIs_thenEveryChange_byNameAlone() {
    server.put("ns", "a", "1");
    open();
    server.put("ns", "b", "2");
    server.remove("ns", "a");

    await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .containsExactly(
                        "listing", "page [ns/a]", "listed", "changed ns/b", "deleted ns/a"));
    assertThat(server.lists().getFirst().headers().toString())
        .contains("as=PartialObjectMetadataList");
    assertThat(server.seen("watch=true").getFirst().headers().toString())
        .contains("as=PartialObjectMetadata;");
  }

  @Test
  void watch_ofATooOldVersion_listsAgain() {
    server.put("ns", "a", "1");
    open();
    server.putSilently("ns", "a", "1");
    server.compact();
    server.endWatches();

    await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .containsExactly(
                        "listing", "page [ns/a]", "listed", "listing", "page [ns/a]", "listed"));
  }

  @Test
  void watch_ends_isResumedWithoutAList() {
    open();
    server.put("ns", "a", "1");
    await().until(() -> told.contains("changed ns/a"));
    server.endWatches();
    await().until(() -> server.watching() == 1);
    server.put("ns", "b", "2");

    await().until(() -> told.contains("changed ns/b"));
    assertThat(server.lists()).hasSize(1);
  }

  private void open() {
    var changes =
        new WatchedChanges<>(
            clients.listWatch(ResourceType.PODS, Selection.ALL),
            change -> told.add(show(change)),
            InstantSource.system(),
            new Random(1),
            new WatchTiming(
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                Duration.ofSeconds(10),
                Duration.ofHours(1)),
            metrics);
    opened = Optional.of(changes);
    changes.start();
    await().until(() -> told.contains("listed") && server.watching() == 1);
  }

  private static String show(ObjectChange change) {
    return switch (change) {
      case ObjectChange.Listing() -> "listing";
      case ObjectChange.Page(List<ObjectRef> objects) -> "page " + objects;
      case ObjectChange.Listed() -> "listed";
      case ObjectChange.Changed(ObjectRef object) -> "changed " + object;
      case ObjectChange.Deleted(ObjectRef object) -> "deleted " + object;
    };
  }
}
