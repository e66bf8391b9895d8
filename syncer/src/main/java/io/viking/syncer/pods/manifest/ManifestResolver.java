package io.viking.syncer.pods.manifest;

import io.kubernetes.client.openapi.models.V1Pod;

/** Turns a pod into the instance that it asks for, reading what it refers to. */
public interface ManifestResolver {
  /**
   * Resolves every reference of a pod that is bound to a zone. May call the API server; meant for
   * many virtual threads at once. Never changes {@code pod}, which comes from a shared cache.
   *
   * <p>Not a pure function of the pod: a later call may find what this one missed, and every call
   * for a pod that mounts a ServiceAccount token asks for a new one.
   */
  Resolution resolve(V1Pod pod) throws InterruptedException;
}
