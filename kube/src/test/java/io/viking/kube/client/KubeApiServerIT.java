package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.events.ApiEventRecorder;
import io.viking.kube.events.EventPolicy;
import io.viking.kube.events.EventSource;
import io.viking.kube.events.EventTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a real API server answers; makes a namespace and a node of its own and leaves them. */
class KubeApiServerIT {
  private static final String VARIABLE = "VIKING_TEST_KUBECONFIG";
  private static final SimpleMeterRegistry METRICS = new SimpleMeterRegistry();
  private static final String NAMESPACE =
      "kube-it-" + Long.toHexString(RandomGenerator.getDefault().nextLong());
  private static final String NODE = NAMESPACE + "-node";
  private static Optional<KubeClients> opened = Optional.empty();

  @BeforeAll
  static void open() {
    Optional<String> kubeconfig = Optional.ofNullable(System.getenv(VARIABLE));
    if (kubeconfig.isEmpty()) {
      System.err.println(
          "KubeApiServerIT skipped: " + VARIABLE + " names no kubeconfig of a disposable server");
    }
    assumeTrue(kubeconfig.isPresent(), VARIABLE + " is not set");
    var clients = KubeClients.of(Path.of(kubeconfig.get()), KubeClientConfig.DEFAULT, METRICS);
    opened = Optional.of(clients);
    var metadata = new V1ObjectMeta().name(NAMESPACE);
    clients.api().create(ResourceType.NAMESPACES, "", new V1Namespace().metadata(metadata));
    clients
        .api()
        .create(ResourceType.NODES, "", new V1Node().metadata(new V1ObjectMeta().name(NODE)));
    try {
      clients
          .api()
          .create(
              ResourceType.SERVICE_ACCOUNTS,
              NAMESPACE,
              new V1ServiceAccount().metadata(new V1ObjectMeta().name("default")));
    } catch (KubeApiException e) {
      assertThat(e.isConflict()).isTrue();
    }
  }

  @AfterAll
  static void close() {
    opened.ifPresent(KubeClients::close);
  }

  @Test
  void aPodsLife_isBoundPatchedAndDeletedByUidOnly() {
    KubeApi api = clients().api();
    try (var cache = cache()) {
      cache.start();
      await().until(cache::isSynced);
      String uid = ObjectRef.of(createPod("life")).uid();
      await().until(() -> cache.get(NAMESPACE, "life").isPresent());

      assertThat(
              failure(() -> api.bind(NAMESPACE, "life", "other", NODE, Map.of(), Map.of())).code())
          .isEqualTo(409);
      api.bind(NAMESPACE, "life", uid, NODE, Map.of(), Map.of("viking.io/zones", "a,b"));
      assertThat(failure(() -> api.bind(NAMESPACE, "life", uid, NODE, Map.of(), Map.of())).code())
          .isEqualTo(409);
      await()
          .until(() -> cache.get(NAMESPACE, "life").orElseThrow().getSpec().getNodeName() != null);
      assertThat(cache.get(NAMESPACE, "life").orElseThrow().getMetadata().getAnnotations())
          .containsEntry("viking.io/zones", "a,b");

      String status = "{\"metadata\":{\"uid\":\"%s\"},\"status\":{\"phase\":\"Running\"}}";
      var other =
          failure(
              () ->
                  api.patch(
                      ResourceType.PODS,
                      NAMESPACE,
                      "life",
                      "status",
                      PatchFormat.STRATEGIC_MERGE,
                      status.formatted("11111111-2222-3333-4444-555555555555")));
      assertThat(other.isInvalid() || other.isConflict()).as("%s", other).isTrue();
      api.patch(
          ResourceType.PODS,
          NAMESPACE,
          "life",
          "status",
          PatchFormat.STRATEGIC_MERGE,
          status.formatted(uid));
      await()
          .until(
              () ->
                  "Running"
                      .equals(cache.get(NAMESPACE, "life").orElseThrow().getStatus().getPhase()));

      assertThat(failure(() -> api.delete(ResourceType.PODS, NAMESPACE, "life", "other", 0)).code())
          .isEqualTo(409);
      api.delete(ResourceType.PODS, NAMESPACE, "life", uid, 0);
      await().until(() -> cache.get(NAMESPACE, "life").isEmpty());
      assertThat(failure(() -> api.delete(ResourceType.PODS, NAMESPACE, "life", uid, 0)).code())
          .isEqualTo(404);
    }
  }

  @Test
  void watch_givesABookmarkBeforeTheServerEndsIt() {
    ListWatch<V1Pod> pods = clients().listWatch(ResourceType.PODS, Selection.namespace(NAMESPACE));
    String version = pods.page(1, "").resourceVersion();
    var frames = new ArrayList<WatchFrame<V1Pod>>();
    try (var watch = pods.watch(version, Duration.ofSeconds(8))) {
      // A server that has seen no event of the kind since its start gives no bookmarks.
      createPod("seen");
      for (var frame = watch.next(); frame.isPresent(); frame = watch.next()) {
        frames.add(frame.get());
      }
    }
    assertThat(frames).last().isInstanceOf(WatchFrame.Bookmark.class);
  }

  @Test
  void watch_fromAnImpossiblePast_isRefusedWith410() {
    ListWatch<V1Pod> pods = clients().listWatch(ResourceType.PODS, Selection.ALL);
    var refused =
        failure(
            () -> {
              try (var watch = pods.watch("1", Duration.ofSeconds(5))) {
                if (watch.next().orElseThrow() instanceof WatchFrame.Refused<V1Pod>(var cause)) {
                  throw cause;
                }
              }
            });
    // A young server still keeps its first revision: then there is nothing to refuse.
    assumeTrue(refused != null, "the server keeps revision 1");
    assertThat(refused.code()).isEqualTo(410);
  }

  @Test
  void list_isReadByThePage() {
    for (int i = 0; i < 7; i++) {
      createConfigMap("page-" + i);
    }
    var listing = clients().listWatch(ResourceType.CONFIG_MAPS, Selection.namespace(NAMESPACE));
    var sizes = new ArrayList<Integer>();
    new PagedList<>(listing, 3).forEachPage(page -> sizes.add(page.objects().size()), sizes::clear);
    assertThat(sizes.subList(0, 2)).containsExactly(3, 3);
  }

  @Test
  void calls_manyMoreThanOneConnectionsStreams_allEnd() throws Exception {
    int wide = 400;
    var together = new CountDownLatch(wide);
    List<Future<?>> calls = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < wide; i++) {
        String name = "wide-" + i;
        calls.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  createConfigMap(name);
                  return name;
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    assertThat(clients().api().list(ResourceType.CONFIG_MAPS, NAMESPACE, ""))
        .hasSizeGreaterThanOrEqualTo(wide);
  }

  @Test
  void createToken_givesAToken() {
    var request =
        new AuthenticationV1TokenRequest().spec(new V1TokenRequestSpec().expirationSeconds(3_607L));
    assertThat(clients().api().createToken(NAMESPACE, "default", request).getStatus().getToken())
        .isNotEmpty();
  }

  @Test
  void events_areTakenAndCountedUp() {
    var recorder =
        new ApiEventRecorder(
            clients().api(),
            new EventSource("viking-it", "here"),
            EventPolicy.DEFAULT,
            InstantSource.system(),
            RandomGenerator.getDefault(),
            METRICS);
    recorder.start();
    var target = EventTarget.pod(NAMESPACE, "told", "uid-told");
    recorder.warning(target, "Testing", "a message");
    await().until(() -> events().size() == 1);
    recorder.warning(target, "Testing", "a message");
    await().until(() -> events().equals(List.of(2)));
    recorder.normal(EventTarget.node(NODE, "uid-node"), "Testing", "about a node");
    await()
        .until(
            () ->
                !clients()
                    .api()
                    .list(ResourceType.EVENTS, "default", "involvedObject.name=" + NODE)
                    .isEmpty());
    recorder.close();
  }

  private static List<Integer> events() {
    return clients().api().list(ResourceType.EVENTS, NAMESPACE, "involvedObject.name=told").stream()
        .map(event -> event.getCount())
        .toList();
  }

  private static V1Pod createPod(String name) {
    return clients()
        .api()
        .create(
            ResourceType.PODS,
            NAMESPACE,
            new V1Pod()
                .metadata(new V1ObjectMeta().name(name))
                .spec(
                    new V1PodSpec().addContainersItem(new V1Container().name("c").image("nginx"))));
  }

  private static void createConfigMap(String name) {
    clients()
        .api()
        .createUnread(
            ResourceType.CONFIG_MAPS,
            NAMESPACE,
            new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).data(Map.of("k", "v")));
  }

  private static WatchedCache<V1Pod> cache() {
    return new WatchedCache<>(
        clients().listWatch(ResourceType.PODS, Selection.namespace(NAMESPACE)),
        UnaryOperator.identity(),
        METRICS);
  }

  private static KubeClients clients() {
    return opened.orElseThrow();
  }

  private static KubeApiException failure(ThrowingCallable call) {
    return catchThrowableOfType(KubeApiException.class, call);
  }
}
