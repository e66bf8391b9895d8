package io.viking.kube.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.kube.election.SimulatedElection.Process;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Never two who would write, whatever happens to messages, processes and clocks; and soon one
 * again.
 *
 * <p>{@code -Dviking.seeds=N} plays more seeds, {@code -Dviking.seed=S} one alone.
 */
class ElectionSimulationTest {
  private static final Duration LIFE = ElectionConfig.DEFAULT_LIFE;

  /** The life that others wait for, a look, and the way there and back. */
  private static final Duration TAKEN_OVER_WITHIN = LIFE.plusMillis(500);

  static LongStream seeds() {
    Long one = Long.getLong("viking.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("viking.seeds", 300));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySchedule_neverHasTwoWhoWouldWrite_andEndsWithOne(long seed) {
    var election = new SimulatedElection(seed);
    election.skew = 0.3;
    play(
        election,
        () -> assertThat(election.writers()).as("who would write").hasSizeLessThanOrEqualTo(1));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void withClocksOfOnePace_neverTwoBelieveThatTheyLead(long seed) {
    var election = new SimulatedElection(seed);
    play(
        election, () -> assertThat(election.leaders()).as("who leads").hasSizeLessThanOrEqualTo(1));
  }

  private static void play(SimulatedElection election, Runnable check) {
    election.join();
    election.join();
    election.join();
    try {
      for (int round = 0; round < 40; round++) {
        disturb(election);
        election.run(Duration.ofMillis(election.random.nextInt(4000)), check);
      }
      election.loss = 0;
      election.longestDelay = Duration.ofMillis(20);
      election.run(LIFE.multipliedBy(5), check);
      assertThat(election.writers()).as("who would write in the end").hasSize(1);
    } catch (AssertionError broken) {
      throw new AssertionError("at " + Duration.ofNanos(election.now()) + ": " + broken, broken);
    }
  }

  private static void disturb(SimulatedElection election) {
    var random = election.random;
    election.loss = random.nextInt(3) == 0 ? random.nextDouble() : 0;
    election.longestDelay =
        Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(6000) : random.nextInt(100));
    List<Process> living = election.living();
    Process one = living.get(random.nextInt(living.size()));
    switch (random.nextInt(5)) {
      case 0, 1 -> one.stop(Duration.ofMillis(random.nextInt(9000)));
      case 2 -> {
        one.kill();
        election.join();
      }
      case 3 -> {
        one.leave();
        election.join();
      }
      default -> {}
    }
  }

  @Test
  void killedLeader_isFollowedWithinItsLeasesLifeAndALook() {
    for (int seed = 1; seed <= 200; seed++) {
      var election = new SimulatedElection(seed);
      election.join();
      election.join();
      election.run(Duration.ofMillis(10_000 + seed * 7L), () -> {});
      Process leader = leader(election);
      leader.kill();
      election.run(TAKEN_OVER_WITHIN, () -> {});
      assertThat(election.leaders()).as("leaders with seed " + seed).hasSize(1);
    }
  }

  @Test
  void leaderThatLeaves_isFollowedAtTheNextLook() {
    for (int seed = 1; seed <= 200; seed++) {
      var election = new SimulatedElection(seed);
      election.join();
      election.join();
      election.run(Duration.ofSeconds(10), () -> {});
      leader(election).leave();
      election.run(Duration.ofMillis(500), () -> {});
      assertThat(election.leaders()).as("leaders with seed " + seed).hasSize(1);
    }
  }

  @Test
  void leaderThatStoodStill_findsTheFenceClosed_howeverSoonItGoesOn() {
    var election = new SimulatedElection(3);
    election.join();
    election.join();
    election.run(Duration.ofSeconds(10), () -> {});
    Process old = leader(election);
    old.stop(Duration.ofSeconds(8));
    election.run(Duration.ofSeconds(7), () -> {});
    assertThat(old.wouldWrite()).as("the one that stands still").isFalse();
    assertThat(election.leaders()).hasSize(1).doesNotContain(old.name);
    election.run(
        Duration.ofSeconds(5), () -> assertThat(old.wouldWrite()).as("once it goes on").isFalse());
    assertThat(election.leaders()).hasSize(1).doesNotContain(old.name);
  }

  @Test
  void undisturbedLeader_leadsForEver_andAloneAtOnce() {
    var election = new SimulatedElection(5);
    Process only = election.join();
    election.run(Duration.ofMillis(100), () -> {});
    assertThat(only.wouldWrite()).as("a tenth of a second after the start").isTrue();
    election.join();
    election.run(Duration.ofMinutes(10), () -> assertThat(election.writers()).hasSizeLessThan(2));
    assertThat(only.wouldWrite()).isTrue();
    assertThat(election.terms).isEqualTo(1);
  }

  @Test
  void deletedLease_staysWithItsHolder() {
    for (int seed = 1; seed <= 50; seed++) {
      var election = new SimulatedElection(seed);
      election.join();
      election.join();
      election.run(Duration.ofSeconds(10), () -> {});
      Process leader = leader(election);
      election.lease.delete();
      election.run(
          Duration.ofSeconds(10),
          () -> assertThat(election.leaders()).as("leaders").hasSizeLessThan(2));
      assertThat(election.leaders()).containsExactly(leader.name);
    }
  }

  private static Process leader(SimulatedElection election) {
    return election.living().stream().filter(Process::leads).findFirst().orElseThrow();
  }
}
