package io.viking.cli.parts;

import io.kubernetes.client.openapi.models.V1Lease;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.election.Candidate;
import io.viking.kube.election.Fence;
import io.viking.kube.election.Tenure;
import io.viking.kube.pause.PauseFollower;
import io.viking.kube.pause.PauseLease;
import io.viking.kube.shards.ShardCandidate;
import io.viking.kube.shards.Share;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a process runs only while it leads: zone nodes, and the loops over pods, with those who may
 * have them hold still. Each term begins from lists, as a new process does.
 *
 * <p>But for {@link #rehearse}, confined to one thread at a time.
 */
final class LedParts implements Candidate, ShardCandidate, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final ClusterAccess cluster;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Optional<Zones> zones;
  private final PodLoops loops;
  private final List<PodLoop> pausable;
  private Closing open = new Closing();
  private final ReentrantLock rehearsing = new ReentrantLock();
  private volatile boolean due;

  LedParts(
      ClusterAccess cluster,
      MeterRegistry metrics,
      Clock clock,
      Optional<Zones> zones,
      PodLoops loops,
      List<PodLoop> pausable) {
    this.cluster = cluster;
    this.metrics = metrics;
    this.clock = clock;
    this.zones = zones;
    this.loops = loops;
    this.pausable = List.copyOf(pausable);
  }

  @Override
  public void elected(Tenure tenure) {
    beginInEarnest(new Term(tenure, Share.ALL));
  }

  @Override
  public void assigned(Share share, Fence fence) {
    beginInEarnest(new Term(fence, share));
  }

  private void beginInEarnest(Term term) {
    due = true;
    rehearsing.lock();
    try {
      begin(term);
    } finally {
      rehearsing.unlock();
    }
  }

  /**
   * Has the loops begin and stop without writing anything, so that a JVM which stands by has loaded
   * and compiled what it will need in a hurry. Any thread; ends early when the parts are wanted in
   * earnest.
   */
  void rehearse(Duration atMost) throws InterruptedException {
    rehearsing.lockInterruptibly();
    var rehearsal = new PodLoops(cluster, new SimpleMeterRegistry(), pausable);
    try {
      if (!due) {
        rehearsal.begin(Term.REHEARSAL);
      }
      long end = System.nanoTime() + atMost.toNanos();
      while (!due && System.nanoTime() - end < 0 && !pausable.stream().allMatch(PodLoop::isReady)) {
        Thread.sleep(POLL);
      }
    } finally {
      rehearsal.close();
      rehearsing.unlock();
    }
  }

  /** Starts all of it; the loops become ready on their own. */
  void begin(Term term) {
    var closing = new Closing();
    open = closing;
    if (term.share().hasFirst()) {
      zones.ifPresent(kept -> kept.open(term, closing));
    }
    closing.add("loops over pods", loops::end);
    loops.begin(term);
    followPauses(term, closing);
  }

  @Override
  public void dismissed() {
    open.close();
  }

  @Override
  public void withdrawn() {
    dismissed();
  }

  @Override
  public void close() {
    dismissed();
  }

  private void followPauses(Term term, Closing closing) {
    MeterRegistry meters = closing.add("gauges of pauses", new GaugeScope(metrics)).meters();
    ObjectCache<V1Lease> leases =
        closing.add(
            "cache of pauses", cluster.cache(ResourceType.LEASES, PauseLease.selection(), meters));
    for (PodLoop loop : pausable) {
      closing
          .add(
              "pauses of " + loop.name(),
              new PauseFollower(
                  leases, term.api(cluster.api()), loop.name(), loops.pausable(loop.name()), clock))
          .start();
    }
  }
}
