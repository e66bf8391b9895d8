package io.viking.kube.shards;

import io.viking.kube.client.KubeApi;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Elector;
import io.viking.kube.election.Standing;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Stands for the leases of all shards until it is closed, and has a {@link ShardCandidate} work on
 * those that it holds.
 *
 * <p>A lease that becomes free is left for the longer the more this process holds already, so that
 * the shards of one that died go to those who have least. Who holds too few all the same, because
 * it came later, asks for some: they are stopped and handed over in order.
 */
public final class ShardElection implements AutoCloseable {
  public static final int MOST_SHARDS = 64;

  /** For each shard that is held. */
  private static final Duration MODESTY = Duration.ofMillis(75);

  private final String identity;
  private final ShardOffice office;
  private final List<Elector> electors;
  private final Duration askEvery;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread balancer;

  /**
   * @param config of the whole; the leases of shards are called after its own
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
    this.identity = config.identity();
    var leases = new ShardLeases(config, shards, api, wallClock);
    this.office = new ShardOffice(config.lease(), shards, leases::requireNoOthers, candidate);
    this.electors =
        IntStream.range(0, shards)
            .mapToObj(
                shard ->
                    new Elector(
                        config.withLease(ShardLeases.name(config.lease(), shard, shards)),
                        api,
                        nanoTime,
                        wallClock,
                        random,
                        office.shard(shard),
                        () -> MODESTY.multipliedBy(office.count())))
            .toList();
    this.askEvery = config.life();
    this.balancer =
        Thread.ofPlatform().name("balance-" + config.lease()).daemon().unstarted(this::balance);
  }

  /** Begins to stand; returns at once. Once only. */
  public void start() {
    office.start();
    electors.forEach(Elector::start);
    balancer.start();
  }

  /** Where this process stands towards each shard, by its number; any thread. */
  public List<Standing> standings() {
    return electors.stream().map(Elector::standing).toList();
  }

  private void balance() {
    try {
      while (!closed.await(askEvery.toNanos(), TimeUnit.NANOSECONDS)) {
        List<String> holders = standings().stream().map(this::holder).toList();
        ShardBalance.toAskFor(holders, identity).forEach(shard -> electors.get(shard).ask());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String holder(Standing standing) {
    return standing.leads() ? identity : standing.leader();
  }

  /** Has the candidate stop, and then gives up the leases, so that others have them at once. */
  @Override
  public void close() {
    closed.countDown();
    office.close();
    List<Thread> closing = new ArrayList<>();
    for (Elector elector : electors) {
      closing.add(Thread.ofVirtual().start(elector::close));
    }
    try {
      for (Thread thread : closing) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
