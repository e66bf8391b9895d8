package io.viking.cli.parts;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.Selection;
import io.viking.kube.profile.ProfileSource;
import io.viking.scheduler.Scheduler;
import io.viking.scheduler.SchedulerConfig;
import io.viking.scheduler.VolumeCaches;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The scheduler, put together. */
final class SchedulerLoop implements PodLoop {
  static final String NAME = "scheduler";

  private final SchedulerConfig config;
  private final ClusterAccess cluster;
  private final ProfileSource profile;
  private final ObjectCache<V1Node> nodes;
  private final Channel cloud;
  private final Clock clock;
  private volatile Optional<Scheduler> running = Optional.empty();

  SchedulerLoop(
      SchedulerConfig config,
      ClusterAccess cluster,
      ProfileSource profile,
      ObjectCache<V1Node> nodes,
      Channel cloud,
      Clock clock) {
    this.config = config;
    this.cluster = cluster;
    this.profile = profile;
    this.nodes = nodes;
    this.cloud = cloud;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void open(ObjectCache<V1Pod> pods, MeterRegistry meters, Term term, Closing closing) {
    var scheduler =
        new Scheduler(
            config,
            pods,
            closing.add("scheduler's nodes", new LentCache<>(nodes)),
            closing.add(
                "cache of namespaces",
                cluster.cache(ResourceType.NAMESPACES, Selection.ALL, meters)),
            volumes(meters, closing),
            closing.add(
                "cache of disruption budgets",
                cluster.cache(ResourceType.POD_DISRUPTION_BUDGETS, Selection.ALL, meters)),
            profile,
            cloud,
            term.api(cluster.api()),
            cluster.recorder("viking-scheduler", term, meters, closing),
            clock,
            meters);
    closing.add(NAME, scheduler);
    closing.add("scheduler's state", () -> running = Optional.empty());
    scheduler.start();
    running = Optional.of(scheduler);
  }

  /** Asks about a pod, and waits for the answer: two seconds at most. */
  Explained explain(String namespace, String pod) {
    Optional<Scheduler> scheduler = running;
    if (scheduler.isEmpty()) {
      return new Explained.NoAnswer("the scheduler holds still, or has not started");
    }
    try {
      return scheduler
          .get()
          .explain(namespace, pod)
          .get()
          .<Explained>map(Explained.Pod::new)
          .orElseGet(Explained.NoSuchPod::new);
    } catch (ExecutionException e) {
      return new Explained.NoAnswer("the scheduler did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Explained.NoAnswer("the scheduler was not waited for");
    }
  }

  private VolumeCaches volumes(MeterRegistry meters, Closing closing) {
    return new VolumeCaches(
        closing.add(
            "cache of claims",
            cluster.idleCache(ResourceType.PERSISTENT_VOLUME_CLAIMS, Selection.ALL, meters)),
        closing.add(
            "cache of volumes",
            cluster.idleCache(ResourceType.PERSISTENT_VOLUMES, Selection.ALL, meters)),
        closing.add(
            "cache of storage classes",
            cluster.idleCache(ResourceType.STORAGE_CLASSES, Selection.ALL, meters)));
  }

  @Override
  public String detail() {
    return running
        .flatMap(Scheduler::catalogSilentSince)
        .map(
            at ->
                "decides by the catalog of %s: the cloud has not answered since"
                    .formatted(at.truncatedTo(ChronoUnit.SECONDS)))
        .orElse("");
  }

  @Override
  public boolean isReady() {
    return running.map(Scheduler::isReady).orElse(false);
  }
}
