package io.viking.scheduler.zone;

import io.viking.scheduler.pod.PodScope;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A change that may help pods that wait. Each reason for waiting names its cures, and a group wakes
 * by one of them alone (or by its slow retry).
 */
public sealed interface Cure {
  /** There may be more of what the cloud's catalog counts. */
  sealed interface Supply extends Cure {}

  /** There may be more of a type in a zone. */
  record Stock(String zone, String type) implements Supply {}

  /** There may be more free addresses in a zone. */
  record Addresses(String zone) implements Supply {}

  /** A type's market price in a zone may be lower. */
  record SpotPrice(String zone, String type) implements Supply {}

  /** There may be more left of the account's quota of that name. */
  record Quota(String name) implements Supply {}

  /** A PodDisruptionBudget may allow more. */
  record Disruptions() implements Cure {}

  /** A zone opened, or has other vSwitches. */
  record ZoneChanged(String zone) implements Cure {}

  /** A zone's Node appeared, or its labels, taints or cordon changed. */
  record NodeChanged(String zone) implements Cure {}

  /** A zone came or went. Helps everybody. */
  record ZonesChanged() implements Cure {}

  /** There are other instance types, or a zone sells one that it did not. */
  record TypesChanged() implements Cure {}

  /** A pod was placed in that namespace; {@link #ANYWHERE} stands for all namespaces. */
  record PodCame(String namespace) implements Cure {}

  /** The cloud made the instance of a pod that was placed in that namespace. */
  record PodCreated(String namespace) implements Cure {}

  /** A pod left that namespace, or has begun to; {@link #ANYWHERE} stands for all namespaces. */
  record PodLeft(String namespace) implements Cure {}

  /** All claims, volumes and storage classes are known. */
  record VolumesListed() implements Cure {}

  /** A PersistentVolumeClaim came, changed or went, or another pod has chosen its zone. */
  record ClaimChanged(String namespace, String name) implements Cure {}

  /** A PersistentVolume came, changed or went. */
  record VolumeChanged(String name) implements Cure {}

  /** A StorageClass came, changed or went, or a PersistentVolume of it did. */
  record ClassChanged(String name) implements Cure {}

  /** A namespace came or went, or has other labels. */
  record NamespacesChanged() implements Cure {}

  /** No namespace is called so. */
  String ANYWHERE = "*";

  /** A pod that a scope looks at may have come. */
  static Set<Cure> comingOf(PodScope scope) {
    return changesOf(scope, PodCame::new);
  }

  /** A pod that a scope looks at may have left. */
  static Set<Cure> leavingOf(PodScope scope) {
    return changesOf(scope, PodLeft::new);
  }

  private static Set<Cure> changesOf(PodScope scope, Function<String, Cure> in) {
    var cures = new HashSet<Cure>();
    if (scope.namespaceMatch().nothing()) {
      scope.namespaces().forEach(namespace -> cures.add(in.apply(namespace)));
    } else {
      cures.add(in.apply(ANYWHERE));
    }
    if (scope.asksLabels()) {
      cures.add(new NamespacesChanged());
    }
    return cures;
  }
}
