package io.viking.cli.bench.placement;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.viking.scheduler.pod.PodReader;
import io.viking.scheduler.pod.PodShape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Workloads as the scheduler reads them from the API. */
final class Pods {
  private static final String SCHEDULER = "viking";
  private static final PodReader READER = new PodReader(Set.of(SCHEDULER));

  private Pods() {}

  static PodShape shape(String workload, PodSize size) {
    var pod =
        new V1Pod()
            .metadata(
                new V1ObjectMeta()
                    .namespace("trace")
                    .name(workload)
                    .uid(workload)
                    .labels(Map.of("app", workload))
                    .annotations(
                        size.spot()
                            ? Map.of("k8s.aliyun.com/eci-spot-strategy", "SpotAsPriceGo")
                            : Map.of())
                    .addOwnerReferencesItem(
                        new V1OwnerReference().kind("ReplicaSet").uid(workload).controller(true)))
            .spec(
                new V1PodSpec()
                    .schedulerName(SCHEDULER)
                    .containers(
                        List.of(
                            new V1Container()
                                .name("app")
                                .resources(
                                    new V1ResourceRequirements().requests(requests(size))))));
    return READER.shape(pod).orElseThrow();
  }

  private static Map<String, Quantity> requests(PodSize size) {
    return Map.of(
        "cpu",
        new Quantity(BigDecimal.valueOf(size.milliVcpu(), 3), Quantity.Format.DECIMAL_SI),
        "memory",
        new Quantity(BigDecimal.valueOf(size.memoryMib() << 20), Quantity.Format.BINARY_SI));
  }
}
