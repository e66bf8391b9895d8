package io.viking.scheduler;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.CacheEvent;
import io.viking.scheduler.loop.SchedulerEvent;
import io.viking.scheduler.volume.VolumeReader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tells the core of claims, volumes and storage classes, from the first pod on that has claims. */
final class VolumeEars {
  private final VolumeCaches caches;
  private final Consumer<SchedulerEvent> core;
  private final AtomicBoolean open = new AtomicBoolean();

  VolumeEars(VolumeCaches caches, Consumer<SchedulerEvent> core) {
    this.caches = caches;
    this.core = core;
  }

  /** Lists and watches from now on, if it does not yet; returns at once. */
  void open() {
    if (open.get() || !open.compareAndSet(false, true)) {
      return;
    }
    caches
        .claims()
        .subscribe(
            event ->
                core.accept(
                    event(
                        event,
                        claim -> new SchedulerEvent.ClaimSeen(VolumeReader.claim(claim)),
                        claim -> new SchedulerEvent.ClaimGone(VolumeReader.claim(claim).key()),
                        SchedulerEvent.VolumeKind.CLAIMS)));
    caches
        .volumes()
        .subscribe(
            event ->
                core.accept(
                    event(
                        event,
                        volume -> new SchedulerEvent.VolumeSeen(VolumeReader.volume(volume)),
                        volume -> new SchedulerEvent.VolumeGone(VolumeReader.volume(volume).name()),
                        SchedulerEvent.VolumeKind.VOLUMES)));
    caches
        .classes()
        .subscribe(
            event ->
                core.accept(
                    event(
                        event,
                        storage -> new SchedulerEvent.ClassSeen(VolumeReader.storageClass(storage)),
                        storage ->
                            new SchedulerEvent.ClassGone(VolumeReader.storageClass(storage).name()),
                        SchedulerEvent.VolumeKind.CLASSES)));
    caches.claims().start();
    caches.volumes().start();
    caches.classes().start();
  }

  private static <T extends KubernetesObject> SchedulerEvent event(
      CacheEvent<T> event,
      Function<T, SchedulerEvent> seen,
      Function<T, SchedulerEvent> gone,
      SchedulerEvent.VolumeKind kind) {
    return switch (event) {
      case CacheEvent.Added<T>(T object) -> seen.apply(object);
      case CacheEvent.Updated<T>(T _, T object) -> seen.apply(object);
      case CacheEvent.Deleted<T>(T object, boolean _) -> gone.apply(object);
      case CacheEvent.Synced<T>() -> new SchedulerEvent.VolumesListed(kind);
    };
  }
}
