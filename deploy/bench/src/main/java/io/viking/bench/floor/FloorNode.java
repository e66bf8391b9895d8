package io.viking.bench.floor;

import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Taint;
import io.viking.bench.apiserver.RawCalls.DeleteOptions;
import io.viking.bench.lease.KeptLease;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.Labels;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.PatchFormat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The node that a floor binds its pods to: Ready, tainted so that nobody else uses it, and kept
 * alive by its lease. It is there for as long as its floor: one that waited for the next without a
 * lease would turn unknown.
 */
final class FloorNode implements AutoCloseable {
  private static final String TAINT = "bench.viking.io/floor";
  private static final String LEASES = "kube-node-lease";

  private final BenchSession session;
  private final String name;
  private final KeptLease lease;

  private FloorNode(BenchSession session, String name, KeptLease lease) {
    this.session = session;
    this.name = name;
    this.lease = lease;
  }

  /** Makes the node and keeps it alive. */
  static FloorNode make(BenchSession session) {
    String name = session.name() + "-floor";
    KubeApi api = session.api();
    api.create(ResourceType.NODES, "", node(name, session.run()));
    api.patch(
        ResourceType.NODES,
        "",
        name,
        "status",
        PatchFormat.STRATEGIC_MERGE,
        ready(session.clock().instant()));
    return new FloorNode(session, name, KeptLease.create(api, session.clock(), LEASES, name, name));
  }

  String name() {
    return name;
  }

  /** Removes it; the session would, too. */
  @Override
  public void close() {
    lease.close();
    session.raw().delete(ResourceType.NODES.path("", name), DeleteOptions.WITH_DEPENDENTS);
  }

  private static V1Node node(String name, String run) {
    return new V1Node()
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
        .spec(new V1NodeSpec().taints(List.of(new V1Taint().key(TAINT).effect("NoSchedule"))));
  }

  private static String ready(Instant now) {
    return """
    {"status":{"capacity":{"cpu":"100000","memory":"1000000Gi","pods":"100000"},\
    "allocatable":{"cpu":"100000","memory":"1000000Gi","pods":"100000"},\
    "addresses":[{"type":"InternalIP","address":"127.0.0.1"}],\
    "conditions":[{"type":"Ready","status":"True","reason":"BenchFloor","message":"kept by viking bench",\
    "lastHeartbeatTime":"%1$s","lastTransitionTime":"%1$s"}]}}"""
        .formatted(now.truncatedTo(ChronoUnit.SECONDS));
  }
}
