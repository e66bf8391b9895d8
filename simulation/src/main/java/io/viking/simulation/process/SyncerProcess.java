package io.viking.simulation.process;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.Limits;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.profile.ProfileSource;
import io.viking.simulation.api.Change;
import io.viking.simulation.cloud.CloudChannel;
import io.viking.syncer.pods.PodCounts;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.PodsConfig;
import io.viking.syncer.pods.PodsCore;
import io.viking.syncer.pods.PodsEffect;
import io.viking.syncer.pods.PodsEvent;
import io.viking.syncer.pods.PodsObserver;
import io.viking.syncer.pods.PodsRunner;
import io.viking.syncer.pods.files.PreparedFiles;
import io.viking.syncer.pods.manifest.ManifestConfig;
import io.viking.syncer.pods.manifest.PodManifestResolver;
import java.util.List;

/**
 * One life of the pods' syncer: its core, its calls, its cache of pods, its follower of instances.
 */
public final class SyncerProcess {
  private static final Limits LIMITS = Limits.newBuilder().setInstanceBatchItems(10).build();
  private static final ManifestConfig MANIFEST =
      new ManifestConfig("10.0.0.1", 6443, "192.168.0.1", ManifestConfig.Dns.NONE);

  private final SimulatedLoop<PodsEvent, PodsEffect> loop;
  private final CacheFeed<V1Pod> pods;
  private final Feed<Instance> instances;
  private PodCounts counts = PodCounts.NONE;

  /**
   * @param cluster its id, the scope of every call of the cloud
   */
  public SyncerProcess(
      Surroundings around,
      String cluster,
      PodScope scope,
      EventRecorder events,
      Tampering<PodsEvent, PodsEffect> tampering) {
    var line = new Line(around.cloud());
    var api = new LineApi(around.api(), line);
    var resolver =
        new PodManifestResolver(
            api,
            MANIFEST,
            ProfileSource.NONE,
            Capabilities::getDefaultInstance,
            around.cloud().catalog()::shown,
            Runnable::run);
    PodsConfig config = PodsConfig.DEFAULT;
    var runner =
        new PodsRunner(
            resolver, new CloudChannel(line), cluster, api, events, PreparedFiles.UNHEARD, config);
    var core =
        new PodsCore(
            scope,
            LIMITS,
            config,
            new PodsObserver() {
              @Override
              public void counted(PodCounts now) {
                counts = now;
              }
            });
    this.loop = new SimulatedLoop<>("syncer", around, core, runner, line, tampering);
    this.pods =
        new CacheFeed<>(
            around,
            ResourceType.PODS,
            told -> loop.offer(told.stream().map(PodsEvent::of).toList()));
    this.instances =
        new Feed<>(
            around,
            around.cloud().log(),
            around.cloud()::list,
            around.cloud()::revision,
            new Instances());
    pods.feed().start();
    instances.start();
  }

  /** Of the last step. */
  public PodCounts counts() {
    return counts;
  }

  /** A user has looked at the orphans that are held, and lets them go. */
  public void approveOrphans() {
    loop.offer(List.of(new PodsEvent.OrphansApproved()));
  }

  public void cutPods(long pauseMillis) {
    pods.feed().cut(pauseMillis);
  }

  public void cutInstances(long pauseMillis) {
    instances.cut(pauseMillis);
  }

  public void loseCloud(long pauseMillis) {
    instances.lose(pauseMillis);
  }

  /** kill -9. */
  public void kill() {
    loop.kill();
    pods.feed().close();
    instances.close();
  }

  private final class Instances implements Feed.Client<Instance> {
    @Override
    public void listed(List<Instance> all) {
      loop.offer(List.of(new PodsEvent.InstancesListed(all)));
    }

    @Override
    public void changed(Change<Instance> change) {
      loop.offer(
          List.of(
              change.deleted()
                  ? new PodsEvent.InstanceRemoved(change.object())
                  : new PodsEvent.InstanceChanged(change.object())));
    }

    @Override
    public void interrupted() {
      loop.offer(List.of(new PodsEvent.CloudInterrupted()));
    }
  }
}
