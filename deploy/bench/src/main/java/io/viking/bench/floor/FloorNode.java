package io.viking.bench.floor;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Taint;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Labels;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node that the floor binds its pods to: Ready, tainted so that nobody else uses it, and kept
 * alive by its lease, which a thread of its own renews whatever the load.
 */
final class FloorNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FloorNode.class);
  private static final String TAINT = "bench.viking.io/floor";
  private static final String LEASES = "kube-node-lease";
  private static final int LEASE_SECONDS = 40;
  private static final Duration RENEWED_EVERY = Duration.ofSeconds(10);
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeApi api;
  private final Clock clock;
  private final String name;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread renewal;

  private FloorNode(KubeApi api, Clock clock, String name) {
    this.api = api;
    this.clock = clock;
    this.name = name;
    this.renewal = Thread.ofPlatform().name("floor-lease").daemon().unstarted(this::renew);
  }

  /** Makes the node; it is removed with the session, and until closed it is kept alive. */
  static FloorNode make(BenchSession session) {
    var node = new FloorNode(session.api(), session.clock(), session.name() + "-floor");
    if (session.api().get(ResourceType.NODES, "", node.name).isEmpty()) {
      node.create(session.run());
    }
    node.renewal.start();
    return node;
  }

  String name() {
    return name;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void create(String run) {
    api.create(
        ResourceType.NODES,
        "",
        new V1Node()
            .apiVersion("v1")
            .kind("Node")
            .metadata(
                new V1ObjectMeta()
                    .name(name)
                    .labels(
                        Map.of(
                            Labels.RUN,
                            run,
                            "kubernetes.io/hostname",
                            name,
                            "topology.kubernetes.io/region",
                            "bench-floor",
                            "topology.kubernetes.io/zone",
                            "bench-floor-h")))
            .spec(new V1NodeSpec().taints(List.of(new V1Taint().key(TAINT).effect("NoSchedule")))));
    api.patch(ResourceType.NODES, "", name, "status", PatchFormat.STRATEGIC_MERGE, ready());
    api.create(
        ResourceType.LEASES,
        LEASES,
        new V1Lease()
            .apiVersion("coordination.k8s.io/v1")
            .kind("Lease")
            .metadata(new V1ObjectMeta().name(name).namespace(LEASES))
            .spec(
                new V1LeaseSpec()
                    .holderIdentity(name)
                    .leaseDurationSeconds(LEASE_SECONDS)
                    .renewTime(
                        clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))));
  }

  private String ready() {
    return """
    {"status":{"capacity":{"cpu":"100000","memory":"1000000Gi","pods":"100000"},\
    "allocatable":{"cpu":"100000","memory":"1000000Gi","pods":"100000"},\
    "addresses":[{"type":"InternalIP","address":"127.0.0.1"}],\
    "conditions":[{"type":"Ready","status":"True","reason":"BenchFloor","message":"kept by viking bench",\
    "lastHeartbeatTime":"%1$s","lastTransitionTime":"%1$s"}]}}"""
        .formatted(clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private void renew() {
    try {
      while (!closed.await(RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          api.patch(
              ResourceType.LEASES,
              LEASES,
              name,
              "",
              PatchFormat.MERGE,
              "{\"spec\":{\"renewTime\":\"%s\"}}".formatted(MICRO_TIME.format(clock.instant())));
        } catch (KubeApiException failed) {
          log.warn(
              "the lease of node {} was not renewed, it turns unknown after {} s: {}",
              name,
              LEASE_SECONDS,
              failed.getMessage());
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
