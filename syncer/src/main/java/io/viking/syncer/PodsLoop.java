package io.viking.syncer;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.cloud.client.InstanceFollower;
import io.viking.cloud.v1.Instance;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApi;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.loop.LoopShell;
import io.viking.kube.shards.Share;
import io.viking.syncer.pods.InstanceTally;
import io.viking.syncer.pods.PodCounts;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.PodsConfig;
import io.viking.syncer.pods.PodsCore;
import io.viking.syncer.pods.PodsEffect;
import io.viking.syncer.pods.PodsEvent;
import io.viking.syncer.pods.PodsMetrics;
import io.viking.syncer.pods.PodsRunner;
import io.viking.syncer.pods.files.FilesConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods' core under its shell, fed by the pod cache and the instance follower. */
final class PodsLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PodsLoop.class);

  private final LoopShell<PodsEvent, PodsEffect> shell;
  private final InstanceFollower follower;
  private final ObjectCache<V1Pod> pods;
  private final Share share;
  private final PodsMetrics metrics;
  private final InstanceTally tally;
  private final Consumer<Boolean> cloudReach;
  private final FilesLoop files;

  /**
   * @param pods those of the share
   * @param references what pods refer to
   * @param cloudReach hears when the cloud goes out of reach and when it is back
   */
  PodsLoop(
      PodsConfig config,
      Origins origins,
      PodScope scope,
      ObjectCache<V1Pod> pods,
      Share share,
      Channel cloud,
      KubeApi api,
      EventRecorder events,
      References references,
      InstantSource clock,
      MeterRegistry registry,
      PodsMetrics metrics,
      InstanceTally tally,
      Consumer<Boolean> cloudReach) {
    this.pods = pods;
    this.share = share;
    this.files =
        new FilesLoop(
            FilesConfig.DEFAULT,
            origins,
            scope,
            pods,
            cloud,
            references,
            events,
            config.callDeadline(),
            clock,
            registry,
            this::nudge);
    this.cloudReach = cloudReach;
    this.metrics = metrics;
    this.tally = tally;
    this.shell =
        new LoopShell<>(
            "pods",
            new PodsCore(scope, origins.info().getLimits(), config, metrics),
            new PodsRunner(
                references.resolver(), cloud, origins.clusterId(), api, events, files, config),
            clock,
            registry);
    this.follower = new InstanceFollower(cloud, origins.clusterId(), new Feed(), clock);
  }

  /** To be called once. The cache must have been started, or be started later. */
  void start() {
    shell.start();
    // Before this loop hears of a pod, so that what it prepares is known of one.
    files.start();
    pods.subscribe(event -> shell.offer(PodsEvent.of(event)));
    follower.start();
  }

  PodCounts counts() {
    return metrics.counts();
  }

  void approveOrphans() {
    log.info(
        "pods: the deletion of {} instances without a pod was confirmed", counts().orphansHeld());
    shell.offer(new PodsEvent.OrphansApproved());
  }

  @Override
  public void close() {
    follower.close();
    shell.close();
    files.close();
  }

  private void nudge(List<String> uids) {
    shell.offer(new PodsEvent.ReferencesChanged(uids));
  }

  private final class Feed implements InstanceFollower.Listener {
    @Override
    public void listed(List<Instance> all) {
      List<Instance> instances = all.stream().filter(this::isOurs).toList();
      tally.listed(instances);
      shell.offer(new PodsEvent.InstancesListed(instances));
      files.instancesListed(instances);
      cloudReach.accept(true);
    }

    @Override
    public void changed(Instance instance) {
      if (!isOurs(instance)) {
        return;
      }
      tally.changed(instance);
      shell.offer(new PodsEvent.InstanceChanged(instance));
      files.instanceChanged(instance);
    }

    @Override
    public void deleted(Instance instance) {
      if (!isOurs(instance)) {
        return;
      }
      tally.deleted(instance);
      shell.offer(new PodsEvent.InstanceRemoved(instance));
      files.instanceDeleted(instance);
    }

    private boolean isOurs(Instance instance) {
      return share.has(instance.getUid());
    }

    @Override
    public void interrupted(RuntimeException cause) {
      log.warn(
          "pods: the cloud is out of reach; nothing is deleted until it is back: {}",
          cause.getMessage());
      shell.offer(new PodsEvent.CloudInterrupted());
      cloudReach.accept(false);
    }
  }
}
