package io.viking.simulation.world;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.viking.kube.annotations.SpotAnnotations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Pods that users make: one of each kind whose life is another. */
final class Templates {
  static final String NAMESPACE = "default";
  static final String EXIT_CODE = "sim.viking.io/exit-code";
  static final String JOB_FINALIZER = "batch.kubernetes.io/job-tracking";

  /** Of a ConfigMap that owns pods. */
  static final String OWNER = "owner";

  private static final String SPOT = SpotAnnotations.STRATEGY.key();
  private static final String SPOT_LIMIT = SpotAnnotations.PRICE_LIMIT.key();
  private static final String SPOT_RELEASE = SpotAnnotations.RELEASE_STRATEGY.key();
  private static final String RUN_SECONDS = "sim.viking.io/run-seconds";
  private static final String ZONE_KEY = "topology.kubernetes.io/zone";

  /**
   * @param spec shared by all pods of it
   * @param owner kind of the controller; "" for none
   */
  private record Template(
      V1PodSpec spec, Map<String, String> labels, Map<String, String> annotations, String owner) {}

  private static final List<Template> ALL =
      List.of(
          new Template(spec("Always"), Map.of("app", "web"), Map.of(), "ReplicaSet"),
          new Template(
              spec("Always").hostname("named").subdomain(Fronts.PEERS),
              Map.of("app", "web"),
              Map.of(),
              "ReplicaSet"),
          new Template(spec("Always").terminationGracePeriodSeconds(2L), Map.of(), Map.of(), ""),
          new Template(spec("Never"), Map.of("job", "good"), Map.of(RUN_SECONDS, "12"), "Job"),
          new Template(
              spec("Never"), Map.of("job", "bad"), Map.of(RUN_SECONDS, "7", EXIT_CODE, "3"), "Job"),
          new Template(spec("OnFailure"), Map.of("job", "again"), Map.of(RUN_SECONDS, "20"), "Job"),
          new Template(spread(), Map.of("app", "spread"), Map.of(), "ReplicaSet"),
          new Template(
              spec("Always").nodeSelector(Map.of(ZONE_KEY, Zones.IDS.getFirst())),
              Map.of("app", "here"),
              Map.of(),
              ""),
          new Template(spec("Always"), Map.of("app", "owned"), Map.of(), "ConfigMap"),
          new Template(spec("Always").priority(1000), Map.of("app", "urgent"), Map.of(), ""),
          new Template(spec("Always"), Map.of(), Map.of(SPOT, "SpotAsPriceGo"), ""),
          new Template(
              spec("Always"), Map.of(), Map.of(SPOT, "SpotWithPriceLimit", SPOT_LIMIT, "0.1"), ""),
          new Template(
              spec("Always"),
              Map.of(),
              Map.of(SPOT, "SpotAsPriceGo", SPOT_RELEASE, "api-evict"),
              "ReplicaSet"));

  /** The one of high priority. */
  static final int URGENT =
      IntStream.range(0, ALL.size())
          .filter(i -> ALL.get(i).spec().getPriority() != null)
          .findFirst()
          .orElseThrow();

  private Templates() {}

  static int count() {
    return ALL.size();
  }

  /**
   * @param owner the ConfigMap that owns pods now, for the template that has one
   * @return empty if the template's owner is missing
   */
  static Optional<V1Pod> pod(int template, String name, Optional<V1ObjectMeta> owner) {
    Template chosen = ALL.get(template);
    var metadata =
        new V1ObjectMeta()
            .name(name)
            .namespace(NAMESPACE)
            .labels(chosen.labels())
            .annotations(chosen.annotations());
    switch (chosen.owner()) {
      case "" -> {}
      case "ConfigMap" -> {
        if (owner.isEmpty()) {
          return Optional.empty();
        }
        metadata.addOwnerReferencesItem(
            new V1OwnerReference()
                .apiVersion("v1")
                .kind("ConfigMap")
                .name(OWNER)
                .uid(String.valueOf(owner.get().getUid())));
      }
      default ->
          metadata.addOwnerReferencesItem(
              new V1OwnerReference()
                  .apiVersion(chosen.owner().equals("Job") ? "batch/v1" : "apps/v1")
                  .kind(chosen.owner())
                  .name("controller-" + template)
                  .uid("controller-" + template)
                  .controller(true));
    }
    if (chosen.owner().equals("Job")) {
      metadata.addFinalizersItem(JOB_FINALIZER);
    }
    return Optional.of(
        new V1Pod().apiVersion("v1").kind("Pod").metadata(metadata).spec(chosen.spec()));
  }

  private static V1PodSpec spec(String restartPolicy) {
    return new V1PodSpec()
        .schedulerName("viking")
        .restartPolicy(restartPolicy)
        .terminationGracePeriodSeconds(30L)
        .enableServiceLinks(false)
        .dnsPolicy("Default")
        .addContainersItem(
            new V1Container()
                .name("main")
                .image("nginx")
                .resources(
                    new V1ResourceRequirements()
                        .requests(
                            Map.of("cpu", new Quantity("1"), "memory", new Quantity("2Gi")))));
  }

  private static V1PodSpec spread() {
    return spec("Always")
        .addTopologySpreadConstraintsItem(
            new V1TopologySpreadConstraint()
                .maxSkew(1)
                .topologyKey(ZONE_KEY)
                .whenUnsatisfiable("DoNotSchedule")
                .labelSelector(new V1LabelSelector().matchLabels(Map.of("app", "spread"))));
  }
}
