package io.viking.kube.shards;

import io.viking.kube.client.KubeApi;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Elector;
import io.viking.kube.election.Standing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Stands for the leases of all shards until it is closed, and has a {@link ShardCandidate} work on
 * those that it holds.
 *
 * <p>A lease that becomes free is left for the longer the more this process holds already, so that
 * the shards of one that died go to those who have least. Who holds too few all the same, because
 * it came later, asks for some: they are stopped and handed over in order. While somebody divides
 * the same work otherwise, no lease is taken, and work that goes on all the same is given up.
 */
public final class ShardElection implements AutoCloseable {
  public static final int MOST_SHARDS = 64;

  private static final Logger log = LoggerFactory.getLogger(ShardElection.class);
  private static final Duration NEVER = Duration.ofDays(10_000);

  private final ElectionConfig config;
  private final int shards;
  private final LongSupplier nanoTime;
  private final ShardLeases leases;
  private final ShardOffice office;
  private final List<Elector> electors;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread balancer;

  /** Whether nobody divides the work otherwise, when that was last asked. */
  private volatile boolean mayStand;

  /** When others were first seen in a row of looks that saw some. Confined to the balancer. */
  private OptionalLong othersSince = OptionalLong.empty();

  /** Whether the last look had no answer. Confined to the balancer. */
  private boolean hasFailed;

  /**
   * @param config of the whole; the leases of shards are called after its own
   * @param shards 1: one process works on all
   * @param api of a client whose calls have {@link ElectionConfig#callDeadline}
   */
  public ShardElection(
      ElectionConfig config,
      int shards,
      KubeApi api,
      LongSupplier nanoTime,
      InstantSource wallClock,
      RandomGenerator random,
      ShardCandidate candidate) {
    this.config = config;
    this.shards = shards;
    this.nanoTime = nanoTime;
    this.leases = new ShardLeases(config, shards, api, nanoTime);
    this.office =
        new ShardOffice(
            config.lease(),
            shards,
            config.life(),
            leases::requireNoOthers,
            candidate,
            this::giveUp);
    this.electors =
        IntStream.range(0, shards)
            .mapToObj(
                shard ->
                    new Elector(
                        config.withLease(ShardLeases.name(config.lease(), shard, shards)),
                        api,
                        nanoTime,
                        wallClock,
                        new SplittableRandom(random.nextLong()),
                        office.shard(shard),
                        this::restraint))
            .toList();
    this.balancer =
        Thread.ofPlatform().name("balance-" + config.lease()).daemon().unstarted(this::run);
  }

  /** Begins to stand; returns at once. Once only. */
  public void start() {
    office.start();
    balancer.start();
  }

  /** Where this process stands towards each shard, by its number; any thread. */
  public List<Standing> standings() {
    return electors.stream().map(Elector::standing).toList();
  }

  /** Who divides the same work otherwise, as it was last seen, and is waited for; any thread. */
  public Optional<String> others() {
    return leases.others();
  }

  private void giveUp(int shard) {
    electors.get(shard).giveUp();
  }

  /** A quarter of a life for one who holds all. */
  private Duration restraint() {
    return mayStand ? config.life().multipliedBy(office.count()).dividedBy(4L * shards) : NEVER;
  }

  private void run() {
    try {
      // They would wait otherwise, until they know that they may stand.
      tryToLook();
      if (closed.getCount() > 0) {
        electors.forEach(Elector::start);
      }
      while (!closed.await(pause().toNanos(), TimeUnit.NANOSECONDS)) {
        tryToLook();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryToLook() {
    try {
      look();
      hasFailed = false;
    } catch (RuntimeException failed) {
      log.atLevel(hasFailed ? Level.DEBUG : Level.WARN)
          .log("lease {}: who holds shards cannot be seen: {}", config.lease(), failed.toString());
      hasFailed = true;
    }
  }

  /** Who waits for others is to begin soon after they have ended. */
  private Duration pause() {
    return mayStand ? config.life() : config.life().dividedBy(12);
  }

  private void look() {
    try {
      leases.requireNoOthers();
      mayStand = true;
      othersSince = OptionalLong.empty();
    } catch (IllegalStateException others) {
      long now = nanoTime.getAsLong();
      if (othersSince.isEmpty()) {
        log.warn("lease {}: nothing is begun: {}", config.lease(), others.getMessage());
        othersSince = OptionalLong.of(now);
      }
      mayStand = false;
      // Not at once: who comes may look after it has taken a lease, and gives it up again then.
      if (leases.othersRenew()
          && now - othersSince.getAsLong() >= config.life().toNanos()
          && office.count() > 0) {
        log.warn("lease {}: work on it is given up, since others do it, too", config.lease());
        electors.forEach(Elector::giveUp);
      }
    }
    List<String> holders = standings().stream().map(this::holder).toList();
    ShardBalance.toAskFor(holders, config.identity()).forEach(shard -> electors.get(shard).ask());
  }

  private String holder(Standing standing) {
    return standing.leads() ? config.identity() : standing.leader();
  }

  /** Has the candidate stop, and then gives up the leases, so that others have them at once. */
  @Override
  public void close() {
    closed.countDown();
    balancer.interrupt();
    List<Thread> closing = new ArrayList<>();
    try {
      balancer.join();
      office.close();
      for (Elector elector : electors) {
        closing.add(Thread.ofVirtual().start(elector::close));
      }
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
