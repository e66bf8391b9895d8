package io.viking.syncer;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.v1.Instance;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ObjectChange;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.loop.LoopShell;
import io.viking.syncer.pods.BatchLimits;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.files.FilesConfig;
import io.viking.syncer.pods.files.FilesCore;
import io.viking.syncer.pods.files.FilesEffect;
import io.viking.syncer.pods.files.FilesEvent;
import io.viking.syncer.pods.files.FilesMetrics;
import io.viking.syncer.pods.files.FilesRunner;
import io.viking.syncer.pods.files.PreparedFiles;
import io.viking.syncer.pods.lifecycle.CloudSide;
import io.viking.syncer.pods.lifecycle.Instants;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.FileSource;
import io.viking.syncer.pods.manifest.PodReferences;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core of file updates under its shell, fed by the pod cache, by the pods' loop and by watches
 * of ConfigMaps and Secrets.
 */
final class FilesLoop implements PreparedFiles, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FilesLoop.class);

  private final LoopShell<FilesEvent, FilesEffect> shell;
  private final ObjectCache<V1Pod> pods;
  private final FileSource source;
  private final ReferenceWatch watch;

  /**
   * @param nudge hears the UIDs of pods that may find now what they wait for; returns at once
   */
  FilesLoop(
      FilesConfig config,
      Origins origins,
      PodScope scope,
      ObjectCache<V1Pod> pods,
      Channel cloud,
      References references,
      EventRecorder events,
      Duration callDeadline,
      InstantSource clock,
      MeterRegistry registry,
      Consumer<List<String>> nudge) {
    this.pods = pods;
    this.source = references.files();
    this.watch = references.watch();
    BatchLimits limits = BatchLimits.of(origins.info().getLimits());
    boolean canUpdate = origins.info().getCapabilities().getFileUpdate();
    if (!canUpdate) {
      log.warn(
          "files: this pool does not change files of running instances: what they mount stays as it"
              + " was when they were created, and their tokens are not renewed");
    }
    this.shell =
        new LoopShell<>(
            "files",
            new FilesCore(scope, canUpdate, limits.items(), config, new FilesMetrics(registry)),
            new FilesRunner(
                source, cloud, origins.clusterId(), limits, callDeadline, events, nudge, config),
            clock,
            registry);
  }

  /** To be called once, before the loop that creates instances hears of the first pod. */
  void start() {
    shell.start();
    pods.subscribe(
        event -> {
          switch (event) {
            case CacheEvent.Added<V1Pod>(V1Pod pod) -> seen(pod);
            case CacheEvent.Updated<V1Pod>(V1Pod _, V1Pod pod) -> seen(pod);
            case CacheEvent.Deleted<V1Pod>(V1Pod pod, boolean _) -> gone(pod);
            case CacheEvent.Synced<V1Pod> _ -> {}
          }
        });
    watch.start(this::referenceChanged);
  }

  private void seen(V1Pod pod) {
    if (!PodReferences.areNone(pod)) {
      shell.offer(new FilesEvent.PodSeen(pod));
    }
  }

  private void gone(V1Pod pod) {
    if (!PodReferences.areNone(pod)) {
      shell.offer(new FilesEvent.PodGone(PodObject.ref(pod).uid()));
    }
  }

  void instancesListed(List<Instance> instances) {
    shell.offer(
        new FilesEvent.InstancesListed(
            instances.stream()
                .filter(instance -> mayReferToSomething(PodRef.of(instance)))
                .map(FilesLoop::sight)
                .toList()));
  }

  void instanceChanged(Instance instance) {
    if (mayReferToSomething(PodRef.of(instance))) {
      shell.offer(new FilesEvent.InstanceSeen(sight(instance)));
    }
  }

  /** Whatever its pod is like: it may have been told of before its pod was known. */
  void instanceDeleted(Instance last) {
    shell.offer(new FilesEvent.InstanceGone(last.getUid()));
  }

  @Override
  public void prepared(PodRef pod, FileFacts facts) {
    if (mayReferToSomething(pod)) {
      shell.offer(new FilesEvent.Prepared(pod.uid(), facts));
    }
  }

  @Override
  public void created(PodRef pod) {
    if (mayReferToSomething(pod)) {
      shell.offer(new FilesEvent.Created(pod.uid()));
    }
  }

  private boolean mayReferToSomething(PodRef ref) {
    return mayReferToSomething(ref, pods.get(ref.namespace(), ref.name()));
  }

  /**
   * A pod that refers to nothing never will, and of such are storms made: nobody is woken then.
   *
   * @param named the pod that has its name now, which may be another
   */
  static boolean mayReferToSomething(PodRef ref, Optional<V1Pod> named) {
    return named
        .filter(pod -> PodObject.ref(pod).uid().equals(ref.uid()) && PodReferences.areNone(pod))
        .isEmpty();
  }

  @Override
  public void close() {
    watch.close();
    shell.close();
  }

  /** What was read before is forgotten first: who looks because of the change must not find it. */
  private void referenceChanged(Reference.Kind kind, ObjectChange change) {
    shell.offer(
        switch (change) {
          case ObjectChange.Listing() -> new FilesEvent.Listing(kind);
          case ObjectChange.Page(List<ObjectRef> objects) -> {
            source.anyChanged();
            yield new FilesEvent.Present(
                objects.stream().map(object -> version(kind, object)).toList());
          }
          case ObjectChange.Listed() -> {
            source.anyChanged();
            yield new FilesEvent.Listed(kind);
          }
          case ObjectChange.Changed(ObjectRef object) -> {
            FilesEvent.Version version = version(kind, object);
            source.changed(version.reference());
            yield new FilesEvent.Changed(version);
          }
          case ObjectChange.Deleted(ObjectRef object) -> {
            Reference reference = version(kind, object).reference();
            source.changed(reference);
            yield new FilesEvent.Deleted(reference);
          }
        });
  }

  private static FilesEvent.Version version(Reference.Kind kind, ObjectRef object) {
    return new FilesEvent.Version(
        new Reference(kind, object.namespace(), object.name()), object.resourceVersion());
  }

  private static FilesEvent.Sight sight(Instance instance) {
    return new FilesEvent.Sight(
        instance.getUid(), !CloudSide.hasEnded(instance), Instants.createdAt(instance));
  }
}
