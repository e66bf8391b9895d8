package io.viking.cli.parts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.client.KubeClients;
import io.viking.kube.election.Candidate;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Elector;
import io.viking.kube.election.Standing;
import io.viking.kube.election.Tenure;
import io.viking.kube.shards.ShardElection;
import io.viking.kube.shards.ShardLeases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as one of several, of which one does the work, or each a part of it. */
final class Replica {
  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  /** Not while the whole cluster starts. */
  private static final Duration BEFORE_REHEARSAL = Duration.ofSeconds(3);

  private static final Duration REHEARSAL = Duration.ofSeconds(10);

  /** By shard; one if the work is not divided. */
  private final Supplier<List<Standing>> standings;

  private Replica(Supplier<List<Standing>> standings) {
    this.standings = standings;
  }

  /**
   * Stands for the leases until {@code closing} is closed; then the parts stop before they are
   * given up.
   */
  static Replica start(
      ReplicaConfig config,
      ClusterAccess cluster,
      LedParts parts,
      MeterRegistry metrics,
      Clock clock,
      Closing closing) {
    ElectionConfig election = config.election();
    // A client of its own: pod load must not starve the lease.
    KubeClients client =
        closing.add("election client", cluster.briefClients(election.callDeadline()));
    var replica =
        new Replica(
            config.shards() == 1
                ? alone(config, client, parts, clock, closing)
                : sharing(config, client, parts, clock, closing));
    replica.gauges(config, metrics);
    Thread rehearsal =
        Thread.ofVirtual().name("rehearsal").start(() -> replica.rehearse(election, parts));
    closing.add("rehearsal", rehearsal::interrupt);
    return replica;
  }

  private static Supplier<List<Standing>> alone(
      ReplicaConfig config, KubeClients client, LedParts parts, Clock clock, Closing closing) {
    var leases = new ShardLeases(config.election(), 1, client.api(), clock);
    var elector =
        closing.add(
            "election",
            new Elector(
                config.election(),
                client.api(),
                System::nanoTime,
                clock,
                RandomGenerator.getDefault(),
                config.divided().isPresent() ? afterCheck(leases, parts) : parts));
    elector.start();
    return () -> List.of(elector.standing());
  }

  /** Others may have divided the same work. */
  private static Candidate afterCheck(ShardLeases leases, Candidate parts) {
    return new Candidate() {
      @Override
      public void elected(Tenure tenure) throws Exception {
        leases.requireNoOthers();
        parts.elected(tenure);
      }

      @Override
      public void dismissed() {
        parts.dismissed();
      }
    };
  }

  private static Supplier<List<Standing>> sharing(
      ReplicaConfig config, KubeClients client, LedParts parts, Clock clock, Closing closing) {
    var election =
        closing.add(
            "election",
            new ShardElection(
                config.election(),
                config.shards(),
                client.api(),
                System::nanoTime,
                clock,
                RandomGenerator.getDefault(),
                parts));
    election.start();
    return election::standings;
  }

  private void gauges(ReplicaConfig config, MeterRegistry metrics) {
    String lease = config.election().lease();
    for (int shard = 0; shard < config.shards(); shard++) {
      int number = shard;
      Gauge.builder("viking_leads", () -> standings.get().get(number).leads() ? 1 : 0)
          .description("Whether this process holds the lease under which it works")
          .tag("lease", ShardLeases.name(lease, shard, config.shards()))
          .register(metrics);
    }
  }

  /** Once, when another leads. */
  private void rehearse(ElectionConfig config, LedParts parts) {
    try {
      do {
        Thread.sleep(BEFORE_REHEARSAL);
      } while (standings.get().stream().allMatch(one -> one.leader().isEmpty()));
      if (!leads()) {
        parts.rehearse(REHEARSAL);
        log.info("lease {}: this process stands by", config.lease());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      log.warn(
          "lease {}: this process stands by, and would take longer to take over: {}",
          config.lease(),
          failed.toString());
    }
  }

  /** Whether this process does the work, or a part of it. */
  boolean leads() {
    return standings.get().stream().anyMatch(Standing::leads);
  }

  /** The part as this process has it: at work if it leads, standing by if others do. */
  LoopPart.Condition condition(LoopPart part) {
    return condition(part, standings.get());
  }

  /** The same of what cannot be divided, and goes with the first shard. */
  LoopPart.Condition conditionOfFirst(LoopPart part) {
    return condition(part, List.of(standings.get().getFirst()));
  }

  private static LoopPart.Condition condition(LoopPart part, List<Standing> standings) {
    List<Integer> own =
        IntStream.range(0, standings.size())
            .filter(shard -> standings.get(shard).leads())
            .boxed()
            .toList();
    if (!own.isEmpty()) {
      LoopPart.Condition condition = part.condition().get();
      String share =
          standings.size() == 1 ? "" : "shards %s of %d".formatted(own, standings.size());
      return new LoopPart.Condition(condition.state(), LoopPart.leads(share, condition.detail()));
    }
    String leaders =
        standings.stream()
            .map(Standing::leader)
            .filter(leader -> !leader.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return leaders.isEmpty()
        ? LoopPart.Condition.of(false, "nobody leads")
        : new LoopPart.Condition(LoopPart.State.STANDBY, "for " + leaders);
  }
}
