package io.viking.scheduler.volume;

import io.viking.scheduler.zone.Cure;

/** Which PersistentVolumeClaim. */
public record ClaimKey(String namespace, String name) {
  Cure changed() {
    return new Cure.ClaimChanged(namespace, name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
