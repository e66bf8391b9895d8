package io.viking.simulation.world;

import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.process.Sabotage;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A run from one seed: rounds of trouble, each followed by quiet, after which all is one to one and
 * nothing happens any more.
 */
public final class Rounds {
  private static final int FEWEST_ACTS = 60;
  private static final int MOST_ACTS = 220;
  private static final int LONGEST_PAUSE_MILLIS = 4000;
  private static final long CHUNK_MILLIS = 180_000;

  /** Instances of ended pods are kept for an hour, and the longest back-off is half of one. */
  private static final int CHUNKS_OF_QUIET = 40;

  /** Of one in five accounts, so that pods wait for others, or make them go. */
  private static final int TOO_FEW_INSTANCES = 9;

  private static final long STILL_MILLIS = 600_000;

  private final World world;
  private final SplittableRandom random;
  private final Actors actors;
  private final FrontBooks fronts;
  private long rounds;

  /**
   * @param traced how many of the last events are remembered; 0 is fastest
   */
  public Rounds(long seed, Sabotage sabotage, int traced) {
    this.random = new SplittableRandom(seed ^ 0x5eed);
    int mostInstances = random.nextInt(5) == 0 ? TOO_FEW_INSTANCES : Zones.PLENTY;
    this.world = new World(seed, mostInstances, sabotage, traced);
    this.actors = new Actors(world, random.split());
    this.fronts = new FrontBooks(world);
  }

  /**
   * Plays until that many steps are made, and then to the end of the round.
   *
   * @throws BrokenInvariant what must never happen has
   */
  public void play(long steps) {
    while (world.steps() < steps) {
      trouble();
      quiet();
      rounds++;
      if (random.nextInt(4) == 0) {
        actors.deleteAll();
        settle();
        check();
      }
      world.invariants.forgetTheGone();
    }
  }

  public long steps() {
    return world.steps();
  }

  public long rounds() {
    return rounds;
  }

  public long virtualMillis() {
    return world.time.elapsedMillis();
  }

  public Map<FaultKind, Long> faults() {
    return world.faults.counts();
  }

  /** Equal for equal runs. */
  public long digest() {
    return world.digest();
  }

  /** The last events, oldest first; see the constructor. */
  public List<String> trace() {
    return world.trace.lines();
  }

  private void trouble() {
    world.faults.set(random.nextInt(30), random.nextInt(15));
    int acts = FEWEST_ACTS + random.nextInt(MOST_ACTS - FEWEST_ACTS);
    for (int i = 0; i < acts; i++) {
      actors.act();
      world.run(random.nextInt(LONGEST_PAUSE_MILLIS));
      if (i % 4 == 0) {
        actors.control();
      }
    }
  }

  private void quiet() {
    world.trace.note(() -> "quiet begins");
    world.faults.set(0, 0);
    actors.restoreCloud();
    actors.createUrgent();
    settle();
    check();
    makeRoomForTheOvertaken();
    long before = writes();
    world.run(STILL_MILLIS);
    if (writes() != before) {
      throw new BrokenInvariant(
          "%d writes in ten minutes in which nobody wanted anything".formatted(writes() - before));
    }
  }

  /** Who is bound, and waits for the quota, has the next room that there is. */
  private void makeRoomForTheOvertaken() {
    Set<String> overtaken = overtaken();
    if (overtaken.isEmpty()) {
      return;
    }
    actors.deleteOneOfTheLowest();
    settle();
    check();
    if (overtaken().containsAll(overtaken)) {
      throw new BrokenInvariant("room was made, and these still wait: " + overtaken);
    }
  }

  private Set<String> overtaken() {
    return world.pods().stream()
        .filter(pod -> PodObject.phase(pod).equals("Pending"))
        .filter(pod -> !PodObject.nodeName(pod).isEmpty())
        .map(pod -> PodObject.ref(pod).uid())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Of instances, and of everything in the API server. */
  private long writes() {
    return world.invariants.writes() + world.api.revision();
  }

  private void settle() {
    for (int i = 0; i < CHUNKS_OF_QUIET; i++) {
      world.run(CHUNK_MILLIS);
      actors.control();
      if (world.syncer().counts().orphansHeld() > 0) {
        world.syncer().approveOrphans();
      }
      if (world.network().counts().orphansHeld() > 0) {
        world.network().approveOrphans();
      }
    }
  }

  private void check() {
    world.trace.note(() -> "everything is looked at");
    world.invariants.checkRest(world.pods(), world.cloud.list(), Crowding.of(world));
    fronts.checkRest();
  }
}
