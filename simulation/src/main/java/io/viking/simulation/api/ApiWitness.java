package io.viking.simulation.api;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.Optional;

/** Sees every write of a pod as it takes effect, before any watch tells of it. */
public interface ApiWitness {
  ApiWitness NONE =
      new ApiWitness() {
        @Override
        public void written(Optional<V1Pod> before, V1Pod after) {}

        @Override
        public void removed(V1Pod last) {}
      };

  /**
   * @param before empty: it is new
   */
  void written(Optional<V1Pod> before, V1Pod after);

  void removed(V1Pod last);

  /** An object that is no pod is gone. */
  default void gone(KubernetesObject last) {}
}
