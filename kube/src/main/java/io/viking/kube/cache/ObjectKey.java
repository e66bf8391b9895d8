package io.viking.kube.cache;

import io.viking.kube.client.ObjectRef;
import org.jspecify.annotations.Nullable;

/** Where an object is kept within its kind. */
record ObjectKey(String namespace, String name) {
  static ObjectKey of(ObjectRef ref) {
    return new ObjectKey(ref.namespace(), ref.name());
  }

  /** By hand: a record's own goes through method handles, which C1 does not inline. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ObjectKey(String itsNamespace, String itsName)
        && name.equals(itsName)
        && namespace.equals(itsNamespace);
  }

  @Override
  public int hashCode() {
    return 31 * namespace.hashCode() + name.hashCode();
  }
}
