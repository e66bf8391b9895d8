package io.viking.cli.parts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.client.KubeClients;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Elector;
import io.viking.kube.election.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process as one of several, of which one does the work. */
final class Replica {
  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  /** Not while the whole cluster starts. */
  private static final Duration BEFORE_REHEARSAL = Duration.ofSeconds(3);

  private static final Duration REHEARSAL = Duration.ofSeconds(10);

  private final Elector elector;

  private Replica(Elector elector) {
    this.elector = elector;
  }

  /**
   * Stands for the lease until {@code closing} is closed; then the parts stop before it is given
   * up.
   */
  static Replica start(
      ElectionConfig config,
      ClusterAccess cluster,
      LedParts parts,
      MeterRegistry metrics,
      Clock clock,
      Closing closing) {
    // A client of its own: pod load must not starve the lease.
    KubeClients client =
        closing.add("election client", cluster.briefClients(config.callDeadline()));
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
    Gauge.builder("viking_leads", elector, one -> one.standing().leads() ? 1 : 0)
        .description("Whether this process holds the lease under which it works")
        .tag("lease", config.lease())
        .register(metrics);
    elector.start();
    Thread rehearsal =
        Thread.ofVirtual().name("rehearsal").start(() -> rehearse(config, elector, parts));
    closing.add("rehearsal", rehearsal::interrupt);
    return new Replica(elector);
  }

  /** Once, when another leads. */
  private static void rehearse(ElectionConfig config, Elector elector, LedParts parts) {
    try {
      do {
        Thread.sleep(BEFORE_REHEARSAL);
      } while (elector.standing().leader().isEmpty());
      if (!elector.standing().leads()) {
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

  /** The part as this process has it: at work if it leads, else standing by. */
  LoopPart.Condition condition(LoopPart part) {
    Standing standing = elector.standing();
    if (!standing.leads()) {
      return new LoopPart.Condition(
          LoopPart.State.STANDBY,
          standing.leader().isEmpty() ? "nobody leads" : "for " + standing.leader());
    }
    LoopPart.Condition condition = part.condition().get();
    return new LoopPart.Condition(
        condition.state(), condition.detail().isEmpty() ? "leads" : "leads; " + condition.detail());
  }
}
