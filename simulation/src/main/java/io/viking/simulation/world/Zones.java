package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Taint;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.ZoneProfile;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.scheduler.zone.ZoneNode;
import io.viking.syncer.pods.PodScope;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Three zones: as the cloud sells them, and as Nodes, which nobody changes here. */
final class Zones {
  /** A quota that is never used up. */
  static final int PLENTY = 1000;

  /**
   * Limits that are met, and times that overlap; few types, since each is told at each change. Spot
   * instances are taken back by the operator alone: in quiet nothing happens.
   */
  private static final SimProfile FULL =
      Profiles.parse(
          "simulation",
          """
          rates:
            create: {burst: 10, perMinute: 300}
            delete: {burst: 10, perMinute: 300}
          latency:
            sandboxSeconds: {min: 0.3, max: 8}
            imagePullSeconds: {min: 0.1, max: 6}
            cachedImagePullSeconds: {min: 0.1, max: 1}
            containerStartSeconds: {min: 0.1, max: 1.5}
          containers: {stopSeconds: 1}
          spot: {step: 0, intervalSeconds: 86400, noticeSeconds: 40, reclaimProbability: 0}
          """);

  private static final Set<String> TYPES = Set.of("1-2Gi", "1-4Gi", "2-4Gi");

  static final List<String> IDS = FULL.zones().stream().map(ZoneProfile::id).toList();

  static final PodScope SCOPE =
      new PodScope() {
        @Override
        public boolean isZone(String nodeName) {
          return IDS.contains(nodeName);
        }

        @Override
        public String hostIp(String nodeName) {
          return "192.168.0.1";
        }
      };

  private Zones() {}

  /**
   * @param mostInstances that the account may have
   */
  static SimProfile profile(int mostInstances) {
    return new SimProfile(
        FULL.name(),
        FULL.region(),
        FULL.currency(),
        FULL.zones(),
        FULL.types().stream().filter(type -> TYPES.contains(type.name())).toList(),
        FULL.spot(),
        new SimProfile.Quotas(mostInstances, -1),
        FULL.rates(),
        FULL.latency(),
        FULL.images(),
        FULL.containers(),
        FULL.network(),
        FULL.faults(),
        FULL.yaml());
  }

  static List<String> types() {
    return TYPES.stream().sorted().toList();
  }

  static void install(KubeApi api) {
    api.create(
        ResourceType.NAMESPACES,
        "",
        new V1Namespace().metadata(new V1ObjectMeta().name(Templates.NAMESPACE)));
    for (String id : IDS) {
      api.create(
          ResourceType.NODES,
          "",
          new V1Node()
              .metadata(
                  new V1ObjectMeta()
                      .name(id)
                      .labels(
                          Map.of(
                              "topology.kubernetes.io/zone",
                              id,
                              "topology.kubernetes.io/region",
                              FULL.region())))
              .spec(
                  new V1NodeSpec()
                      .addTaintsItem(
                          new V1Taint()
                              .key(ZoneNode.OURS.key())
                              .value(ZoneNode.OURS.value())
                              .effect(ZoneNode.OURS.effect()))));
    }
  }
}
