package io.viking.simulation.process;

import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.events.EventRecorder;
import io.viking.simulation.cloud.CloudChannel;
import io.viking.syncer.network.NetworkNews;
import io.viking.syncer.network.loop.Kind;
import io.viking.syncer.network.loop.NetworkConfig;
import io.viking.syncer.network.loop.NetworkCore;
import io.viking.syncer.network.loop.NetworkCounts;
import io.viking.syncer.network.loop.NetworkEffect;
import io.viking.syncer.network.loop.NetworkEvent;
import io.viking.syncer.network.loop.NetworkLimits;
import io.viking.syncer.network.loop.NetworkObserver;
import io.viking.syncer.network.loop.NetworkRunner;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One life of the network's loop: Services, their slices, and Ingresses. Of other kinds there are
 * none.
 */
public final class NetworkProcess {
  private static final NetworkLimits LIMITS =
      new NetworkLimits(true, true, 4, Duration.ZERO, 5, 1 << 20);

  private static final Set<Kind> FOLLOWED = Set.of(Kind.SERVICE, Kind.SLICE, Kind.INGRESS);

  private final SimulatedLoop<NetworkEvent, NetworkEffect> loop;
  private final CacheFeed<V1Service> services;
  private final CacheFeed<V1EndpointSlice> slices;
  private final CacheFeed<V1Ingress> ingresses;
  private NetworkCounts counts = NetworkCounts.NONE;

  /**
   * @param cluster its id, the scope of every call of the cloud
   */
  public NetworkProcess(
      Surroundings around,
      String cluster,
      EventRecorder events,
      MeterRegistry meters,
      Tampering<NetworkEvent, NetworkEffect> tampering) {
    var line = new Line(around.cloud());
    NetworkConfig config = NetworkConfig.DEFAULT;
    var core =
        new NetworkCore(
            config,
            LIMITS,
            new NetworkObserver() {
              @Override
              public void counted(NetworkCounts now) {
                counts = now;
              }
            });
    var runner =
        new NetworkRunner(
            new CloudChannel(line),
            cluster,
            new LineApi(around.api(), line),
            events,
            config,
            meters);
    this.loop = new SimulatedLoop<>("network", around, core, runner, line, tampering);
    this.services =
        new CacheFeed<>(
            around,
            ResourceType.SERVICES,
            told -> loop.offer(told.stream().map(NetworkNews::ofService).toList()));
    this.slices =
        new CacheFeed<>(
            around,
            ResourceType.ENDPOINT_SLICES,
            told -> loop.offer(told.stream().map(NetworkNews::ofSlice).toList()));
    this.ingresses =
        new CacheFeed<>(
            around,
            ResourceType.INGRESSES,
            told -> loop.offer(told.stream().map(NetworkNews::ofIngress).toList()));
    services.feed().start();
    slices.feed().start();
    ingresses.feed().start();
    loop.offer(
        Arrays.stream(Kind.values())
            .filter(kind -> !FOLLOWED.contains(kind))
            .<NetworkEvent>map(NetworkEvent.Synced::new)
            .toList());
  }

  /** Of the last step. */
  public NetworkCounts counts() {
    return counts;
  }

  /** A user has looked at what is held, and lets it go. */
  public void approveOrphans() {
    loop.offer(List.of(new NetworkEvent.OrphansApproved()));
  }

  public void cutServices(long pauseMillis) {
    services.feed().cut(pauseMillis);
  }

  public void cutSlices(long pauseMillis) {
    slices.feed().cut(pauseMillis);
  }

  public void cutIngresses(long pauseMillis) {
    ingresses.feed().cut(pauseMillis);
  }

  /** kill -9. */
  public void kill() {
    loop.kill();
    services.feed().close();
    slices.feed().close();
    ingresses.feed().close();
  }
}
