package io.viking.simulation.api;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.viking.kube.cache.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** An object whose owners are all gone. */
record Garbage(ResourceType<?> type, String namespace, String name, String uid) {
  /** All that there is. */
  static List<Garbage> of(Collection<Shelf<?>> shelves) {
    var found = new ArrayList<Garbage>();
    for (Shelf<?> shelf : shelves) {
      for (KubernetesObject object : shelf.all()) {
        V1ObjectMeta metadata = Present.metadata(object);
        if (metadata.getDeletionTimestamp() == null && isOrphan(metadata, shelves)) {
          found.add(
              new Garbage(
                  shelf.type,
                  Present.text(metadata.getNamespace()),
                  Present.text(metadata.getName()),
                  Present.text(metadata.getUid())));
        }
      }
    }
    return found;
  }

  /** Owners of kinds of which the server has never had any are somebody else's affair. */
  private static boolean isOrphan(V1ObjectMeta metadata, Collection<Shelf<?>> shelves) {
    List<V1OwnerReference> owners = Present.list(metadata.getOwnerReferences());
    return !owners.isEmpty()
        && owners.stream()
            .allMatch(
                owner ->
                    shelves.stream()
                        .filter(shelf -> shelf.type.kind().equals(owner.getKind()))
                        .findFirst()
                        .filter(shelf -> !holds(shelf, metadata, owner))
                        .isPresent());
  }

  private static boolean holds(Shelf<?> shelf, V1ObjectMeta metadata, V1OwnerReference owner) {
    Optional<? extends KubernetesObject> found =
        shelf.find(Present.text(metadata.getNamespace()), owner.getName());
    return found
        .filter(object -> owner.getUid().equals(Present.metadata(object).getUid()))
        .isPresent();
  }
}
