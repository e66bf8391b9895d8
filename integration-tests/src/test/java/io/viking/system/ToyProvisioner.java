package io.viking.system;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1CSIPersistentVolumeSource;
import io.kubernetes.client.openapi.models.V1NodeSelector;
import io.kubernetes.client.openapi.models.V1NodeSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NodeSelectorTerm;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeSpec;
import io.kubernetes.client.openapi.models.V1VolumeNodeAffinity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.client.Selection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An external provisioner as small as one can be: makes a volume in the zone of the claim's
 * selected node, takes the node off the claim where it cannot, and deletes volumes that were
 * released. Its classes must wait for their first consumer.
 */
final class ToyProvisioner implements AutoCloseable {
  static final String NAME = "toy.viking.io";
  static final String ZONE = "topology.kubernetes.io/zone";

  private static final String ASKED = "volume.kubernetes.io/storage-provisioner";
  private static final String SELECTED = "volume.kubernetes.io/selected-node";
  private static final String MADE_BY = "pv.kubernetes.io/provisioned-by";

  private final KubeApi api;
  private final ObjectCache<V1PersistentVolumeClaim> claims;
  private final ObjectCache<V1PersistentVolume> volumes;

  /** Zones in which it cannot make any. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** Zones that it was asked for in vain. */
  final Set<String> refused = ConcurrentHashMap.newKeySet();

  ToyProvisioner(Cluster cluster) {
    api = cluster.clients().api();
    claims = cache(cluster, ResourceType.PERSISTENT_VOLUME_CLAIMS);
    volumes = cache(cluster, ResourceType.PERSISTENT_VOLUMES);
  }

  ToyProvisioner start() {
    follow(claims, this::provision);
    follow(volumes, this::delete);
    return this;
  }

  @Override
  public void close() {
    claims.close();
    volumes.close();
  }

  private void provision(V1PersistentVolumeClaim claim) {
    Map<String, String> annotations = map(claim.getMetadata().getAnnotations());
    String node = annotations.getOrDefault(SELECTED, "");
    if (!NAME.equals(annotations.get(ASKED))
        || node.isEmpty()
        || claim.getSpec().getVolumeName() != null) {
      return;
    }
    String zone =
        api.get(ResourceType.NODES, "", node).orElseThrow().getMetadata().getLabels().get(ZONE);
    if (broken.contains(zone)) {
      refused.add(zone);
      api.patch(
          ResourceType.PERSISTENT_VOLUME_CLAIMS,
          claim.getMetadata().getNamespace(),
          claim.getMetadata().getName(),
          "",
          PatchFormat.MERGE,
          "{\"metadata\":{\"annotations\":{\"" + SELECTED + "\":null}}}");
      return;
    }
    try {
      api.create(ResourceType.PERSISTENT_VOLUMES, "", volume(claim, zone));
    } catch (KubeApiException made) {
      if (!made.isConflict()) {
        throw made;
      }
    }
  }

  private void delete(V1PersistentVolume volume) {
    if (NAME.equals(map(volume.getMetadata().getAnnotations()).get(MADE_BY))
        && volume.getStatus() != null
        && "Released".equals(volume.getStatus().getPhase())
        && volume.getMetadata().getDeletionTimestamp() == null) {
      api.delete(
          ResourceType.PERSISTENT_VOLUMES,
          "",
          volume.getMetadata().getName(),
          volume.getMetadata().getUid(),
          0);
    }
  }

  private static V1PersistentVolume volume(V1PersistentVolumeClaim claim, String zone) {
    V1ObjectMeta owner = claim.getMetadata();
    V1PersistentVolume volume =
        volume("pvc-" + owner.getUid(), zone, claim.getSpec().getStorageClassName());
    volume.getMetadata().putAnnotationsItem(MADE_BY, NAME);
    volume
        .getSpec()
        .capacity(claim.getSpec().getResources().getRequests())
        .accessModes(claim.getSpec().getAccessModes())
        .persistentVolumeReclaimPolicy("Delete")
        .claimRef(
            new V1ObjectReference()
                .apiVersion("v1")
                .kind("PersistentVolumeClaim")
                .namespace(owner.getNamespace())
                .name(owner.getName())
                .uid(owner.getUid()));
    return volume;
  }

  /** A volume of a driver that exists in name only; size and access modes are the caller's. */
  static V1PersistentVolume volume(String name, String zone, String storageClass) {
    return new V1PersistentVolume()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1PersistentVolumeSpec()
                .storageClassName(storageClass)
                .csi(new V1CSIPersistentVolumeSource().driver(NAME).volumeHandle(name))
                .nodeAffinity(
                    new V1VolumeNodeAffinity()
                        .required(
                            new V1NodeSelector()
                                .addNodeSelectorTermsItem(
                                    new V1NodeSelectorTerm()
                                        .addMatchExpressionsItem(
                                            new V1NodeSelectorRequirement()
                                                .key(ZONE)
                                                .operator("In")
                                                .values(List.of(zone)))))));
  }

  private static <T extends KubernetesObject> ObjectCache<T> cache(
      Cluster cluster, ResourceType<T> type) {
    return new WatchedCache<>(
        cluster.clients().listWatch(type, Selection.ALL),
        UnaryOperator.identity(),
        new SimpleMeterRegistry());
  }

  private static <T extends KubernetesObject> void follow(ObjectCache<T> cache, Consumer<T> work) {
    cache.subscribe(
        event -> {
          switch (event) {
            case CacheEvent.Added<T>(T object) -> work.accept(object);
            case CacheEvent.Updated<T>(T _, T object) -> work.accept(object);
            case CacheEvent.Deleted<T> _, CacheEvent.Synced<T> _ -> {}
          }
        });
    cache.start();
  }

  private static Map<String, String> map(Map<String, String> given) {
    return given == null ? Map.of() : given;
  }
}
