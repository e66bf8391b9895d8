package io.viking.cloud.client;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceBlockingV2Stub;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Keeps a listener up to date with the instances of a cluster, whatever breaks in between. */
public final class InstanceFollower implements AutoCloseable {
  /** Called on one thread, in order. One that throws is given the list again. */
  public interface Listener {
    /**
     * All instances that exist; what was known and is not among them is gone. Comes first, and
     * again after a gap.
     */
    void listed(List<Instance> instances);

    /** New, or changed. */
    void changed(Instance instance);

    /** Removed after a delete; its last state. */
    void deleted(Instance instance);

    /**
     * The cloud is out of reach: nothing is known to have changed; {@link #listed} follows when it
     * is back. A single break that is healed by the next try is not told.
     */
    void interrupted(RuntimeException cause);
  }

  private final FollowLoop<WatchInstancesResponse> loop;

  /**
   * @param clock tells how long a watch has stood
   */
  public InstanceFollower(
      Channel channel, String clusterId, Listener listener, InstantSource clock) {
    this(channel, clusterId, listener, FollowTiming.DEFAULT, clock, RandomGenerator.getDefault());
  }

  InstanceFollower(
      Channel channel,
      String clusterId,
      Listener listener,
      FollowTiming timing,
      InstantSource clock,
      RandomGenerator random) {
    var instances = new Instances(channel, clusterId, listener, timing);
    this.loop = new FollowLoop<>("instances", instances, timing, clock, random);
  }

  /** Begins; returns at once. */
  public void start() {
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }

  private static final class Instances implements Followed<WatchInstancesResponse> {
    private final InstanceServiceBlockingV2Stub stub;
    private final String clusterId;
    private final Listener listener;
    private final FollowTiming timing;

    /**
     * The revision of each instance as the listener knows it. A watch begins at the first page's
     * revision, so it may tell again what later pages had already.
     */
    private final Map<String, Long> known = new LinkedHashMap<>();

    Instances(Channel channel, String clusterId, Listener listener, FollowTiming timing) {
      this.stub = InstanceServiceGrpc.newBlockingV2Stub(channel);
      this.clusterId = clusterId;
      this.listener = listener;
      this.timing = timing;
    }

    @Override
    public long list() throws StatusException {
      List<ListInstancesResponse> pages =
          Pages.all(this::page, ListInstancesResponse::getNextPageToken);
      Map<String, Instance> all = new LinkedHashMap<>();
      pages.forEach(page -> collect(page, all));
      known.clear();
      all.forEach((uid, instance) -> known.put(uid, instance.getRevision()));
      listener.listed(List.copyOf(all.values()));
      return pages.getFirst().getRevision();
    }

    @Override
    public BlockingClientCall<?, WatchInstancesResponse> watch(long revision) {
      return stub.watchInstances(
          WatchInstancesRequest.newBuilder().setClusterId(clusterId).setRevision(revision).build());
    }

    @Override
    public long take(WatchInstancesResponse answer) {
      answer.getEventsList().forEach(this::take);
      return answer.getRevision();
    }

    @Override
    public void interrupted(RuntimeException cause) {
      listener.interrupted(cause);
    }

    /** Revisions of instances outlive a restart of the adapter. */
    @Override
    public boolean mayResumeAfter(CloudFailure failure) {
      return failure.reason() == ErrorReason.ERROR_REASON_UNAVAILABLE
          || failure.reason() == ErrorReason.ERROR_REASON_THROTTLED;
    }

    @Override
    public boolean mayResumeAfterRenewal() {
      return true;
    }

    private ListInstancesResponse page(String token) throws StatusException {
      return stub.withDeadlineAfter(timing.callDeadline().toMillis(), TimeUnit.MILLISECONDS)
          .listInstances(
              ListInstancesRequest.newBuilder()
                  .setClusterId(clusterId)
                  .setPageToken(token)
                  .build());
    }

    private static void collect(ListInstancesResponse page, Map<String, Instance> all) {
      page.getInstancesList()
          .forEach(
              instance ->
                  all.merge(
                      instance.getUid(),
                      instance,
                      (a, b) -> a.getRevision() > b.getRevision() ? a : b));
    }

    private void take(InstanceEvent event) {
      Instance instance = event.getInstance();
      long heard = known.getOrDefault(instance.getUid(), Long.MIN_VALUE);
      switch (event.getKind()) {
        case CHANGED -> {
          if (instance.getRevision() > heard) {
            known.put(instance.getUid(), instance.getRevision());
            listener.changed(instance);
          }
        }
        case DELETED -> {
          // Lower: an ended attempt, in whose place a later one was listed already.
          if (instance.getRevision() >= heard) {
            known.remove(instance.getUid());
            listener.deleted(instance);
          }
        }
        case KIND_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
  }
}
