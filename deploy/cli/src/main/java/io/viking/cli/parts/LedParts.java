package io.viking.cli.parts;

import io.kubernetes.client.openapi.models.V1Lease;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.election.Candidate;
import io.viking.kube.election.Tenure;
import io.viking.kube.pause.PauseFollower;
import io.viking.kube.pause.PauseLease;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a process runs only while it leads: zone nodes, and the loops over pods, with those who may
 * have them hold still. Each term begins from lists, as a new process does.
 *
 * <p>Confined to one thread at a time.
 */
final class LedParts implements Candidate, AutoCloseable {
  private final ClusterAccess cluster;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Optional<Zones> zones;
  private final PodLoops loops;
  private final List<PodLoop> pausable;
  private Closing open = new Closing();

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
    begin(new Term(tenure));
  }

  /** Starts all of it; the loops become ready on their own. */
  void begin(Term term) {
    var closing = new Closing();
    open = closing;
    zones.ifPresent(kept -> kept.open(term, closing));
    closing.add("loops over pods", loops::end);
    loops.begin(term);
    followPauses(closing);
  }

  @Override
  public void dismissed() {
    open.close();
  }

  @Override
  public void close() {
    dismissed();
  }

  private void followPauses(Closing closing) {
    ObjectCache<V1Lease> leases =
        closing.add(
            "cache of pauses", cluster.cache(ResourceType.LEASES, PauseLease.selection(), metrics));
    for (PodLoop loop : pausable) {
      closing
          .add(
              "pauses of " + loop.name(),
              new PauseFollower(
                  leases, cluster.api(), loop.name(), loops.pausable(loop.name()), clock))
          .start();
    }
  }
}
