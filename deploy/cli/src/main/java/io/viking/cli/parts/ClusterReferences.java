package io.viking.cli.parts;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ObjectChange;
import io.viking.kube.cache.WatchedChanges;
import io.viking.syncer.ReferenceWatch;
import io.viking.syncer.pods.manifest.Reference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Watches ConfigMaps and Secrets of the whole cluster, two streams of metadata. */
final class ClusterReferences implements ReferenceWatch {
  private final ClusterAccess cluster;
  private final MeterRegistry meters;
  private final List<WatchedChanges<?>> watches = new CopyOnWriteArrayList<>();

  ClusterReferences(ClusterAccess cluster, MeterRegistry meters) {
    this.cluster = cluster;
    this.meters = meters;
  }

  @Override
  public void start(BiConsumer<Reference.Kind, ObjectChange> listener) {
    for (Reference.Kind kind : Reference.Kind.values()) {
      WatchedChanges<?> watch =
          cluster.changes(kind.type(), change -> listener.accept(kind, change), meters);
      watches.add(watch);
      watch.start();
    }
  }

  @Override
  public void close() {
    watches.forEach(WatchedChanges::close);
  }
}
