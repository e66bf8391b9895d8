package io.viking.syncer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.shards.Share;
import io.viking.kube.testing.FakeCache;
import io.viking.syncer.pods.PodsConfig;
import io.viking.syncer.pods.manifest.Resolution;
import io.viking.syncer.testing.InMemoryCloud;
import io.viking.syncer.testing.InMemoryKubeApi;
import io.viking.syncer.testing.NoFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncerTest {
  private static final EventRecorder SILENT =
      new EventRecorder() {
        @Override
        public void normal(EventTarget target, String reason, String message) {}

        @Override
        public void warning(EventTarget target, String reason, String message) {}
      };

  private final FakeCache<V1Pod> pods = FakeCache.synced();
  private final InMemoryKubeApi api = new InMemoryKubeApi(pods);
  private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private InMemoryCloud cloud;
  private Syncer syncer;

  @BeforeEach
  void make() throws Exception {
    cloud = new InMemoryCloud();
    syncer = syncer();
  }

  @AfterEach
  void close() {
    syncer.close();
    cloud.close();
  }

  @Test
  void boundPods_getTheirInstances_andOneStatusWriteEach() {
    syncer.start();
    await().until(syncer::isReady);
    for (int i = 0; i < 25; i++) {
      pods.put(pod("web-" + i));
    }
    await()
        .untilAsserted(
            () -> {
              assertThat(cloud.instances()).hasSize(25);
              assertThat(api.calls()).hasSize(25);
            });
    assertThat(api.calls())
        .allSatisfy(call -> assertThat(call.body()).contains("\"phase\":\"Running\""));
    assertThat(cloud.instances())
        .allSatisfy(i -> assertThat(i.getClusterId()).isEqualTo(InMemoryKubeApi.CLUSTER_ID));
    assertThat(metrics.get("viking_syncer_instances").gauge().value()).isEqualTo(25);
    assertThat(metrics.get("viking_syncer_pods").tag("state", "running").gauge().value())
        .isEqualTo(25);
    assertThat(metrics.get("viking_syncer_instance_create_duration_seconds").timer().count())
        .isEqualTo(25);
  }

  @Test
  void deletedPod_losesItsInstance_thenItsObject() {
    pods.put(pod("web"));
    syncer.start();
    await().until(() -> cloud.instances().size() == 1);

    V1Pod deleted = pod("web");
    deleted
        .getMetadata()
        .deletionTimestamp(OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(30))
        .deletionGracePeriodSeconds(30L);
    pods.put(deleted);

    await().until(() -> pods.size() == 0);
    assertThat(cloud.instances()).isEmpty();
    assertThat(cloud.deletes())
        .singleElement()
        .satisfies(
            delete -> {
              assertThat(delete.getAttempt()).isEqualTo(Integer.MAX_VALUE);
              assertThat(delete.getGracePeriod().getSeconds()).isBetween(20L, 30L);
            });
    await().until(() -> syncer.podCounts().instances() == 0);
  }

  @Test
  void anotherProcess_takesOver_withoutBuyingTwice() {
    pods.put(pod("web"));
    syncer.start();
    await().until(() -> cloud.instances().size() == 1);
    syncer.close();

    metrics = new SimpleMeterRegistry();
    syncer = syncer();
    syncer.start();
    await().until(syncer::isReady);
    await().until(() -> syncer.podCounts().instances() == 1);
    assertThat(cloud.instances()).hasSize(1);
    assertThat(cloud.deletes()).isEmpty();
  }

  @Test
  void cloudReach_isTold() {
    List<Boolean> heard = new CopyOnWriteArrayList<>();
    syncer.onCloudReach(heard::add);
    syncer.start();
    await().until(() -> !heard.isEmpty());
    assertThat(heard).containsExactly(true);
  }

  @Test
  void apiServerThatIsNotThereYet_isWaitedFor() {
    api.failWith(503);
    syncer.start();
    pods.put(pod("web"));
    assertThat(syncer.isReady()).isFalse();

    api.failWith(-1);
    await().until(() -> cloud.instances().size() == 1);
  }

  @Test
  void statusThatIsNotTaken_isWrittenAgain() {
    syncer.start();
    await().until(syncer::isReady);
    api.failWith(500);
    pods.put(pod("web"));
    await().until(() -> api.calls().size() >= 2);
    assertThat(metrics.get("viking_syncer_patch_conflicts_total").counter().count()).isZero();
  }

  @Test
  void config_namesWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyncerConfig.withDefaults(" "))
        .withMessageContaining("nodeAddress");
    assertThat(SyncerConfig.withDefaults("10.0.0.1"))
        .isEqualTo(new SyncerConfig("10.0.0.1", Duration.ofSeconds(1), PodsConfig.DEFAULT));
  }

  private Syncer syncer() {
    return new Syncer(
        new SyncerConfig("10.0.0.1", Duration.ofMillis(10), PodsConfig.DEFAULT),
        pods,
        Share.ALL,
        cloud.channel(),
        api,
        SILENT,
        new References(
            pod ->
                new Resolution.Resolved(
                    InstanceSpec.newBuilder()
                        .setUid(pod.getMetadata().getUid())
                        .putTags("name", pod.getMetadata().getName())
                        .build(),
                    List.of()),
            new NoFiles(),
            ReferenceWatch.BLIND),
        InstantSource.system(),
        metrics);
  }

  private static V1Pod pod(String name) {
    return new V1Pod()
        .metadata(new V1ObjectMeta().namespace("default").name(name).uid("uid-" + name))
        .spec(
            new V1PodSpec()
                .nodeName("zone-a")
                .restartPolicy("Always")
                .addContainersItem(new V1Container().name("main").image("nginx")))
        .status(new V1PodStatus().phase("Pending"));
  }
}
