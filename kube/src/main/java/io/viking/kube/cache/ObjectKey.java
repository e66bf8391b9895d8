package io.viking.kube.cache;

import io.viking.kube.client.ObjectRef;

/** Where an object is kept within its kind. */
record ObjectKey(String namespace, String name) {
  static ObjectKey of(ObjectRef ref) {
    return new ObjectKey(ref.namespace(), ref.name());
  }
}
