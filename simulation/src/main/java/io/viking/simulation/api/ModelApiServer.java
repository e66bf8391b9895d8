package io.viking.simulation.api;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.PatchFormat;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An API server in memory: UIDs and resource versions, 404, 409 and 422, graceful deletion,
 * finalizers, bindings, status patches, garbage collection, and a log of changes that watches
 * follow until it is compacted. Any kind of object has the common rules, a pod its own besides.
 *
 * <p>Without: defaults, validation and admission (but for what loops depend on), quotas,
 * authorization, disruption budgets. {@code ApiModelIT} plays one script on this and on a real one.
 * Not thread safe.
 */
public final class ModelApiServer implements KubeApi {
  private final InstantSource clock;
  private final ApiWitness witness;
  private final Map<ResourceType<?>, Shelf<?>> shelves = new LinkedHashMap<>();
  private final Specs specs = new Specs();
  private long revision;
  private long serial;

  public ModelApiServer(InstantSource clock, ApiWitness witness) {
    this.clock = clock;
    this.witness = witness;
  }

  /** Of the last write. */
  public long revision() {
    return revision;
  }

  /** What a watch of that kind tells. */
  public <T extends KubernetesObject> ChangeLog<Change<T>> log(ResourceType<T> type) {
    return shelf(type).log;
  }

  /** All of a kind as they are now, in the order of their keys. A view. */
  public <T extends KubernetesObject> Collection<T> all(ResourceType<T> type) {
    return shelf(type).all();
  }

  @Override
  public <T extends KubernetesObject> Optional<T> get(
      ResourceType<T> type, String namespace, String name) {
    return shelf(type).find(namespace, name);
  }

  @Override
  public <T extends KubernetesObject> List<T> list(
      ResourceType<T> type, String namespace, String fieldSelector) {
    if (!fieldSelector.isEmpty()) {
      throw new IllegalArgumentException("fieldSelector: the model knows none: " + fieldSelector);
    }
    return shelf(type).all().stream()
        .filter(
            object -> namespace.isEmpty() || namespace.equals(object.getMetadata().getNamespace()))
        .toList();
  }

  @Override
  public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
    Shelf<T> shelf = shelf(type);
    String name = Present.text(object.getMetadata().getName());
    if (shelf.find(namespace, name).isPresent()) {
      throw ApiRefusal.exists(type.plural(), name);
    }
    T made = Admission.created(object, type.type(), namespace, ++serial, clock.instant());
    return store(shelf, Optional.empty(), made);
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    patched(
        shelf(type),
        namespace,
        name,
        subresource,
        format,
        JsonParser.parseString(json).getAsJsonObject());
  }

  private <T extends KubernetesObject> void patched(
      Shelf<T> shelf,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      JsonObject patch) {
    T present = shelf.get(namespace, name);
    JsonObject metadata =
        patch.get("metadata") instanceof JsonObject object ? object : new JsonObject();
    Patches.checkPreconditions(shelf, present, name, metadata);
    T next =
        switch (subresource) {
          case "status" -> Patches.ofStatus(shelf.type, present, patch, metadata, format);
          case "" -> Patches.ofObject(shelf.type, present, patch, format);
          default ->
              throw new IllegalArgumentException("the model has no subresource " + subresource);
        };
    if (next.equals(present)) {
      return;
    }
    if (Deletion.isDue(next.getMetadata())) {
      remove(shelf, next);
    } else {
      store(shelf, Optional.of(present), next);
    }
  }

  @Override
  public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
    V1ObjectMeta metadata = object.getMetadata();
    String name = Present.text(metadata.getName());
    Shelf<T> shelf = shelf(type);
    T present = shelf.get(Present.text(metadata.getNamespace()), name);
    if (!Objects.equals(
        metadata.getResourceVersion(), present.getMetadata().getResourceVersion())) {
      throw ApiRefusal.conflict(type.plural(), name, "the object has been modified");
    }
    T copy = Copies.with(object, type.type(), Copies.of(metadata));
    return store(shelf, Optional.of(present), copy);
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    delete(
        shelf(type),
        namespace,
        name,
        uid,
        gracePeriodSeconds == OWN_GRACE ? Optional.empty() : Optional.of(gracePeriodSeconds));
  }

  private <T extends KubernetesObject> void delete(
      Shelf<T> shelf, String namespace, String name, String uid, Optional<Long> grace) {
    T present = shelf.get(namespace, name);
    checkUid(shelf, present, name, uid);
    switch (Deletion.of(present, grace, clock.instant())) {
      case Deletion.Pending() -> {}
      case Deletion.Marked(V1ObjectMeta metadata) ->
          store(shelf, Optional.of(present), Copies.with(present, shelf.type.type(), metadata));
      case Deletion.Removed(V1ObjectMeta metadata) ->
          remove(shelf, Copies.with(present, shelf.type.type(), metadata));
    }
  }

  private static <T extends KubernetesObject> void checkUid(
      Shelf<T> shelf, T present, String name, String uid) {
    String now = Present.text(present.getMetadata().getUid());
    if (!now.equals(uid)) {
      throw ApiRefusal.conflict(
          shelf.type.plural(),
          name,
          "the UID in the precondition (%s) does not match the UID in record (%s)"
              .formatted(uid, now));
    }
  }

  /** Without budgets: none of ours stands in the way. */
  @Override
  public void evict(String namespace, String pod, String uid) {
    Shelf<V1Pod> pods = shelf(ResourceType.PODS);
    V1Pod present = pods.get(namespace, pod);
    checkUid(pods, present, pod, uid);
    Optional<V1Pod> told = Admission.disrupted(present, clock.instant());
    told.ifPresent(next -> store(pods, Optional.of(present), next));
    delete(pods, namespace, pod, uid, Optional.empty());
  }

  @Override
  public void bind(
      String namespace,
      String name,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    Shelf<V1Pod> pods = shelf(ResourceType.PODS);
    V1Pod pod = pods.get(namespace, name);
    checkUid(pods, pod, name, uid);
    V1PodSpec spec = pod.getSpec();
    if (Present.metadata(pod).getDeletionTimestamp() != null) {
      throw ApiRefusal.conflict("pods/binding", name, "pod is being deleted, cannot be assigned");
    }
    if (spec != null && !Present.text(spec.getNodeName()).isEmpty()) {
      throw ApiRefusal.conflict("pods/binding", name, "pod is already assigned to a node");
    }
    if (spec != null && !Present.list(spec.getSchedulingGates()).isEmpty()) {
      throw ApiRefusal.conflict("pods/binding", name, "pod has non-empty .spec.schedulingGates");
    }
    store(
        pods,
        Optional.of(pod),
        Admission.bound(pod, specs, node, labels, annotations, clock.instant()));
  }

  @Override
  public AuthenticationV1TokenRequest createToken(
      String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
    throw new IllegalArgumentException("the model gives no tokens");
  }

  /**
   * What the garbage collector does: deletes, with their own grace, objects whose owners are gone.
   *
   * @return how many it has marked or removed
   */
  public int collectGarbage() {
    var orphans = Garbage.of(shelves.values());
    orphans.forEach(
        orphan ->
            delete(orphan.type(), orphan.namespace(), orphan.name(), orphan.uid(), OWN_GRACE));
    return orphans.size();
  }

  private <T extends KubernetesObject> T store(Shelf<T> shelf, Optional<T> before, T object) {
    // Ours alone until it is stored.
    object.getMetadata().setResourceVersion(Long.toString(++revision));
    if (object instanceof V1Pod pod) {
      witness.written(before.map(V1Pod.class::cast), pod);
    }
    shelf.put(object, revision);
    return object;
  }

  private <T extends KubernetesObject> void remove(Shelf<T> shelf, T last) {
    last.getMetadata().setResourceVersion(Long.toString(++revision));
    if (last instanceof V1Pod pod) {
      witness.removed(pod);
    } else {
      witness.gone(last);
    }
    shelf.remove(last, revision);
  }

  @SuppressWarnings("unchecked") // the shelf of a type holds objects of that type
  private <T extends KubernetesObject> Shelf<T> shelf(ResourceType<T> type) {
    return (Shelf<T>) shelves.computeIfAbsent(type, Shelf::new);
  }
}
