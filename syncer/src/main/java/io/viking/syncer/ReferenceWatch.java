package io.viking.syncer;

import io.viking.kube.cache.ObjectChange;
import io.viking.syncer.pods.manifest.Reference;
import java.util.function.BiConsumer;

/**
 * Tells when ConfigMaps and Secrets appear, change and go, all of them of the cluster, by name and
 * version only.
 */
public interface ReferenceWatch extends AutoCloseable {
  /** One that never tells anything. */
  ReferenceWatch BLIND =
      new ReferenceWatch() {
        @Override
        public void start(BiConsumer<Reference.Kind, ObjectChange> listener) {}

        @Override
        public void close() {}
      };

  /**
   * Begins; returns at once. To be called once.
   *
   * @param listener called on one thread for each kind, in order; returns at once
   */
  void start(BiConsumer<Reference.Kind, ObjectChange> listener);

  @Override
  void close();
}
