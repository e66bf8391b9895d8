package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.ListWatch;
import io.viking.kube.client.Selection;
import io.viking.kube.client.WatchFrame;
import io.viking.kube.client.WatchStream;
import io.viking.simulation.Timeline;
import io.viking.simulation.api.ApiWitness;
import io.viking.simulation.api.ModelApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model of the API server that the simulation stands on, next to the real one. */
class ApiModelIT {
  private static final Duration LIFETIME = Duration.ofMinutes(2);
  private static final String NODE = "model-node";

  private final Cluster cluster = SharedViking.cluster();
  private final KubeApi real = cluster.clients().api();
  private final ModelApiServer model = new ModelApiServer(new Timeline(), ApiWitness.NONE);
  private String namespace;

  @BeforeEach
  void makeNamespaceAndNode() throws Exception {
    namespace = cluster.newNamespace("model");
    real.create(ResourceType.NODES, "", node());
    model.create(ResourceType.NODES, "", node());
  }

  @AfterEach
  void removeNode() {
    String uid = real.get(ResourceType.NODES, "", NODE).orElseThrow().getMetadata().getUid();
    real.delete(ResourceType.NODES, "", NODE, uid, KubeApi.OWN_GRACE);
  }

  @Test
  void sameScript_sameAnswers_andTheSameWatch() throws Exception {
    ListWatch<V1Pod> pods =
        cluster.clients().listWatch(ResourceType.PODS, Selection.namespace(namespace));
    String before = pods.page(0, "").resourceVersion();
    long modelBefore = model.revision();

    List<String> answers = new ApiScript(real, namespace, NODE).run();
    List<String> modelAnswers = new ApiScript(model, namespace, NODE).run();

    assertThat(modelAnswers).isEqualTo(answers);
    assertThat(comparable(modelEvents(modelBefore)))
        .isEqualTo(comparable(realEvents(pods, before)));
  }

  /**
   * Without what the model leaves out (design 0016): the real server tells of a pod that goes at
   * once, with grace 0, right before it tells that it is gone, and with its last finalizers.
   */
  private static List<String> comparable(List<String> events) {
    var kept = new ArrayList<String>();
    for (int i = 0; i < events.size(); i++) {
      String event = events.get(i);
      String pod = event.replaceFirst("^\\w+ (\\w+):.*", "$1");
      boolean goesNext = i + 1 < events.size() && events.get(i + 1).startsWith("deleted " + pod);
      if (!(goesNext && event.startsWith("changed ") && event.contains(", grace 0,"))) {
        kept.add(
            event.startsWith("deleted ")
                ? event.replaceFirst("finalizers \\[[^]]*]", "finalizers []")
                : event);
      }
    }
    return kept;
  }

  @Test
  void ownedObjects_goWithTheirOwner_inBoth() throws Exception {
    new ApiScript(real, namespace, NODE).run();
    new ApiScript(model, namespace, NODE).run();

    new ApiScript(real, namespace, NODE).deleteOwner();
    new ApiScript(model, namespace, NODE).deleteOwner();
    assertThat(model.collectGarbage()).isEqualTo(2);

    Await.until("the garbage collector", () -> owned(real) == 0);
    assertThat(owned(model)).isZero();
  }

  @Test
  void watchOfAForgottenVersion_isRefused_byBoth() {
    new ApiScript(model, namespace, NODE).run();
    model.log(ResourceType.PODS).compact(model.revision());

    assertThat(model.log(ResourceType.PODS).since(1)).isEmpty();
    int code = codeOfWatch("1");
    assumeTrue(code != 200, "this API server is so young that it has not forgotten anything yet");
    assertThat(code).isEqualTo(410);
  }

  private int codeOfWatch(String version) {
    ListWatch<V1Pod> pods =
        cluster.clients().listWatch(ResourceType.PODS, Selection.namespace(namespace));
    try (WatchStream<V1Pod> stream = pods.watch(version, Duration.ofSeconds(5))) {
      return stream.next().orElse(null) instanceof WatchFrame.Refused<V1Pod>(var cause)
          ? cause.code()
          : 200;
    } catch (KubeApiException refused) {
      return refused.code();
    }
  }

  private int owned(KubeApi api) {
    Optional<?> map = api.get(ResourceType.CONFIG_MAPS, namespace, "owned");
    Optional<?> pod = api.get(ResourceType.PODS, namespace, "owned");
    return (map.isPresent() ? 1 : 0) + (pod.isPresent() ? 1 : 0);
  }

  private List<String> modelEvents(long after) {
    return model.log(ResourceType.PODS).since(after).orElseThrow().stream()
        .map(entry -> event(entry.change().deleted(), entry.change().object()))
        .toList();
  }

  private static List<String> realEvents(ListWatch<V1Pod> pods, String after) {
    var events = new ArrayList<String>();
    try (WatchStream<V1Pod> stream = pods.watch(after, LIFETIME)) {
      while (events.isEmpty() || !events.getLast().startsWith("changed " + ApiScript.LAST)) {
        switch (stream.next().orElseThrow()) {
          case WatchFrame.Upserted<V1Pod>(V1Pod pod) -> events.add(event(false, pod));
          case WatchFrame.Removed<V1Pod>(V1Pod pod) -> events.add(event(true, pod));
          case WatchFrame.Bookmark<V1Pod> _ -> {}
          case WatchFrame.Refused<V1Pod>(var cause) -> throw cause;
          case WatchFrame.Unreadable<V1Pod> unreadable ->
              throw new AssertionError(unreadable.object().cause());
        }
      }
    }
    return events;
  }

  private static String event(boolean deleted, V1Pod pod) {
    return "%s %s: %s"
        .formatted(
            deleted ? "deleted" : "changed", pod.getMetadata().getName(), ApiScript.words(pod));
  }

  private static V1Node node() {
    return new V1Node()
        .metadata(
            new V1ObjectMeta().name(NODE).labels(Map.of("topology.kubernetes.io/zone", NODE)));
  }
}
