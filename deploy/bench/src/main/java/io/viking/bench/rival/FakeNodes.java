package io.viking.bench.rival;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1NodeStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Taint;
import io.kubernetes.client.openapi.models.V1Toleration;
import io.viking.bench.apiserver.RawCalls.DeleteOptions;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Labels;
import io.viking.bench.workload.PodPlacement;
import io.viking.kube.cache.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The nodes that KWOK plays: big, tainted, and chosen by nobody but the storm's pods. */
final class FakeNodes {
  private static final String LABEL = "bench.viking.io/kwok";
  private static final String TAINT = "kwok.x-k8s.io/node";
  private static final String TAINT_VALUE = "fake";
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final BenchSession session;
  private final RivalSettings settings;

  FakeNodes(BenchSession session, RivalSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** By which KWOK knows them: {@code key=value}. */
  String selector() {
    return LABEL + "=" + session.run();
  }

  /** Pods that go there and nowhere else, through kube-scheduler. */
  PodPlacement placement() {
    return new PodPlacement(
        SchedulerCommand.PROFILE,
        Map.of(LABEL, session.run()),
        List.of(
            new V1Toleration()
                .key(TAINT)
                .operator("Equal")
                .value(TAINT_VALUE)
                .effect("NoSchedule")));
  }

  /** Creates them; they turn Ready when KWOK runs. */
  void create() {
    names().forEach(name -> session.api().createUnread(ResourceType.NODES, "", node(name)));
  }

  /**
   * Waits until pods can be scheduled to all of them.
   *
   * @throws BenchFailure if they are not Ready in time
   */
  void awaitReady() throws InterruptedException {
    long begun = System.nanoTime();
    long ready = ready();
    while (ready < settings.nodes()) {
      if (System.nanoTime() - begun > READY_WITHIN.toNanos()) {
        throw new BenchFailure(
            "KWOK runs, but only %d of its %d nodes are Ready after %d s: its log says why."
                .formatted(ready, settings.nodes(), READY_WITHIN.toSeconds()));
      }
      Thread.sleep(POLL);
      ready = ready();
    }
  }

  /** Removes them and their leases. */
  void delete() {
    names()
        .forEach(
            name -> {
              session
                  .raw()
                  .delete(ResourceType.NODES.path("", name), DeleteOptions.WITH_DEPENDENTS);
              session
                  .raw()
                  .delete(
                      ResourceType.LEASES.path("kube-node-lease", name),
                      DeleteOptions.WITH_DEPENDENTS);
            });
  }

  private long ready() {
    return names()
        .map(name -> session.api().get(ResourceType.NODES, "", name))
        .flatMap(Optional::stream)
        .filter(FakeNodes::takesPods)
        .count();
  }

  private Stream<String> names() {
    return IntStream.rangeClosed(1, settings.nodes()).mapToObj(i -> session.name() + "-kwok-" + i);
  }

  /** Ready, and no taint but its own: a new node has some until it is Ready. */
  private static boolean takesPods(V1Node node) {
    V1NodeSpec spec = node.getSpec();
    V1NodeStatus status = node.getStatus();
    return spec != null
        && status != null
        && present(spec.getTaints()).allMatch(taint -> taint.getKey().equals(TAINT))
        && present(status.getConditions())
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static <T> Stream<T> present(@Nullable List<T> list) {
    return list == null ? Stream.of() : list.stream();
  }

  private V1Node node(String name) {
    // 10m and 16Mi is what a pod of a storm asks for; four times that leaves nothing to chance.
    Map<String, Quantity> capacity =
        Map.of(
            "cpu", new Quantity(Integer.toString(Math.max(64, settings.podsPerNode() / 25))),
            "memory", new Quantity(Math.max(256, settings.podsPerNode() / 16) + "Gi"),
            "pods", new Quantity(Integer.toString(settings.podsPerNode())));
    return new V1Node()
        .apiVersion("v1")
        .kind("Node")
        .metadata(
            new V1ObjectMeta()
                .name(name)
                .labels(
                    Map.of(
                        Labels.RUN,
                        session.run(),
                        LABEL,
                        session.run(),
                        "kubernetes.io/hostname",
                        name,
                        "kubernetes.io/os",
                        "linux",
                        "kubernetes.io/arch",
                        "amd64"))
                .annotations(Map.of(TAINT, TAINT_VALUE)))
        .spec(
            new V1NodeSpec()
                .taints(List.of(new V1Taint().key(TAINT).value(TAINT_VALUE).effect("NoSchedule"))))
        .status(new V1NodeStatus().capacity(capacity).allocatable(capacity));
  }
}
