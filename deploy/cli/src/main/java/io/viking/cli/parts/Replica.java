package io.viking.cli.parts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.client.KubeClients;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Elector;
import io.viking.kube.election.Standing;
import io.viking.kube.shards.ShardElection;
import io.viking.kube.shards.ShardLeases;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  /** Who divides the same work otherwise, and is waited for. */
  private final Supplier<Optional<String>> others;

  private Replica(Supplier<List<Standing>> standings, Supplier<Optional<String>> others) {
    this.standings = standings;
    this.others = others;
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
    Replica replica =
        config.divided().isPresent()
            ? sharing(config, client, parts, clock, closing)
            : alone(election, client, parts, clock, closing);
    replica.gauges(config, metrics);
    Thread rehearsal =
        Thread.ofVirtual().name("rehearsal").start(() -> replica.rehearse(election, parts));
    closing.add("rehearsal", rehearsal::interrupt);
    return replica;
  }

  private static Replica alone(
      ElectionConfig config, KubeClients client, LedParts parts, Clock clock, Closing closing) {
    var elector =
        closing.add(
            "election",
            new Elector(
                config,
                client.api(),
                System::nanoTime,
                clock,
                RandomGenerator.getDefault(),
                parts));
    elector.start();
    return new Replica(() -> List.of(elector.standing()), Optional::empty);
  }

  private static Replica sharing(
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
    return new Replica(election::standings, election::others);
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
      } while (leaders(standings.get()).isEmpty() && others.get().isEmpty());
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
    return condition(part, standings.get(), others.get());
  }

  /** The same of what cannot be divided, and goes with the first shard. */
  LoopPart.Condition conditionOfFirst(LoopPart part) {
    return condition(part, List.of(standings.get().getFirst()), others.get());
  }

  /**
   * @param of the shards that the part goes with
   * @param others who divides the same work otherwise
   */
  static LoopPart.Condition condition(LoopPart part, List<Standing> of, Optional<String> others) {
    List<Integer> own =
        IntStream.range(0, of.size()).filter(shard -> of.get(shard).leads()).boxed().toList();
    if (!own.isEmpty()) {
      LoopPart.Condition condition = part.condition().get();
      String share = of.size() == 1 ? "" : "shards %s of %d".formatted(own, of.size());
      return new LoopPart.Condition(condition.state(), LoopPart.leads(share, condition.detail()));
    }
    String leaders = leaders(of);
    if (!leaders.isEmpty()) {
      return new LoopPart.Condition(LoopPart.State.STANDBY, "for " + leaders);
    }
    // Ready to take over, too: else a rollout with another number of shards would never end.
    return others
        .map(other -> "for " + other + ", which divides the work otherwise")
        .map(detail -> new LoopPart.Condition(LoopPart.State.STANDBY, detail))
        .orElseGet(() -> LoopPart.Condition.of(false, "nobody leads"));
  }

  private static String leaders(List<Standing> standings) {
    return standings.stream()
        .map(Standing::leader)
        .filter(leader -> !leader.isEmpty())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
