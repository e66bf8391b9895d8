package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeSpec;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Volumes that are claimed: what the claim's PersistentVolume says of its source takes the claim's
 * place. Nothing is mounted or attached here, that is the pool's.
 */
final class ClaimResolver {
  static final Set<String> SOURCES = Set.of("persistentVolumeClaim", "ephemeral");

  /** What a PersistentVolume says beside its source. */
  private static final Set<String> NOT_SOURCES =
      Set.of(
          "accessModes",
          "capacity",
          "claimRef",
          "mountOptions",
          "nodeAffinity",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode");

  private final ReferenceReader reader;
  private final Supplier<List<String>> mountable;

  /**
   * @param mountable sources of PersistentVolumes that the pool can mount
   */
  ClaimResolver(ReferenceReader reader, Supplier<List<String>> mountable) {
    this.reader = reader;
    this.mountable = mountable;
  }

  /**
   * Changes the volume, and the mounts of one that is claimed for reading only.
   *
   * @param spec of the manifest that the volume is in
   */
  void resolve(JsonObject pod, JsonObject spec, JsonObject volume)
      throws UnresolvedException, InterruptedException {
    String name = Json.string(volume, "name");
    Optional<JsonObject> claimed = Json.object(volume, "persistentVolumeClaim");
    String claimName =
        claimed.isPresent()
            ? Json.string(claimed.get(), "claimName")
            : PodFields.read(pod, "metadata.name").orElse("") + "-" + name;
    String namespace = PodFields.read(pod, "metadata.namespace").orElse("");
    V1PersistentVolumeSpec found;
    try {
      found = boundVolume(pod, namespace, claimName, claimed.isEmpty());
    } catch (MissingReferenceException missing) {
      throw new UnresolvedException(
          new Resolution.Waiting(
              "",
              "ContainerCreating",
              ("Unable to attach or mount volumes: unmounted volumes=[%1$s], unattached volumes=[],"
                      + " failed to process volumes=[%1$s]: error processing PVC %2$s/%3$s: %4$s")
                  .formatted(name, namespace, claimName, missing.getMessage())));
    }
    if ("Block".equals(found.getVolumeMode())) {
      throw refused(
          "volume \"%s\": persistentvolumeclaim \"%s\" is a block device, which cannot be had here; use volumeMode Filesystem"
              .formatted(name, claimName));
    }
    SOURCES.forEach(volume::remove);
    put(volume, name, claimName, found);
    if (claimed.map(claim -> Json.flag(claim, "readOnly")).orElse(false)) {
      mountReadOnly(spec, name);
    }
  }

  private V1PersistentVolumeSpec boundVolume(
      JsonObject pod, String namespace, String claimName, boolean ephemeral)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    V1PersistentVolumeClaim claim =
        reader
            .claim(namespace, claimName)
            .orElseThrow(
                () ->
                    new MissingReferenceException(
                        "failed to fetch PVC from API server: persistentvolumeclaims \"%s\" not found"
                            .formatted(claimName)));
    V1ObjectMeta metadata = Objects.requireNonNullElseGet(claim.getMetadata(), V1ObjectMeta::new);
    if (ephemeral && !ownedBy(PodFields.read(pod, "metadata.uid").orElse(""), metadata)) {
      throw new MissingReferenceException(
          "PVC was not created for pod %s/%s (pod is not owner)"
              .formatted(namespace, PodFields.read(pod, "metadata.name").orElse("")));
    }
    if (metadata.getDeletionTimestamp() != null) {
      throw new MissingReferenceException("PVC is being deleted");
    }
    var status = claim.getStatus();
    var spec = claim.getSpec();
    String volume = spec == null || spec.getVolumeName() == null ? "" : spec.getVolumeName();
    if (volume.isEmpty() || status == null || !"Bound".equals(status.getPhase())) {
      throw new MissingReferenceException("PVC is not bound");
    }
    return reader
        .volume(volume)
        .map(V1PersistentVolume::getSpec)
        .orElseThrow(
            () ->
                new MissingReferenceException(
                    "failed to fetch PV %s from API server: persistentvolumes \"%s\" not found"
                        .formatted(volume, volume)));
  }

  private static boolean ownedBy(String uid, V1ObjectMeta metadata) {
    List<V1OwnerReference> owners =
        Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of());
    return owners.stream()
        .anyMatch(
            owner -> Boolean.TRUE.equals(owner.getController()) && uid.equals(owner.getUid()));
  }

  private void put(JsonObject volume, String name, String claimName, V1PersistentVolumeSpec found)
      throws UnresolvedException {
    JsonObject json = KubeJson.gson().toJsonTree(found).getAsJsonObject();
    String source =
        json.keySet().stream().filter(key -> !NOT_SOURCES.contains(key)).findFirst().orElse("");
    if (!mountable.get().contains(source)) {
      throw refused(
          "volume \"%s\": the volume of persistentvolumeclaim \"%s\" has the source %s, which this pool cannot mount; it has %s"
              .formatted(
                  name,
                  claimName,
                  source,
                  mountable.get().isEmpty()
                      ? "no persistent volumes"
                      : String.join(", ", mountable.get())));
    }
    volume.add(source, json.get(source));
    if (json.has("mountOptions")) {
      volume.add("mountOptions", json.get("mountOptions"));
    }
  }

  private static void mountReadOnly(JsonObject spec, String volume) {
    for (String kind : List.of("initContainers", "containers")) {
      for (JsonObject container : Json.objects(spec, kind)) {
        for (JsonObject mount : Json.objects(container, "volumeMounts")) {
          if (Json.string(mount, "name").equals(volume)) {
            mount.addProperty("readOnly", true);
          }
        }
      }
    }
  }

  private static UnresolvedException refused(String message) {
    return new UnresolvedException(new Resolution.Refused("UnsupportedVolume", message));
  }
}
