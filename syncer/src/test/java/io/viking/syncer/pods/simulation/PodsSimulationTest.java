package io.viking.syncer.pods.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must hold whatever happens (design §3): one pod, one instance; nothing leaks, nothing is
 * lost.
 *
 * <p>{@code -Dviking.seeds=N} plays more seeds, {@code -Dviking.seed=S} one alone.
 */
class PodsSimulationTest {
  private static final int NAMES = 25;

  static LongStream seeds() {
    Long one = Long.getLong("viking.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("viking.seeds", 40));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySchedule_endsWithOnePodOneInstance(long seed) {
    try {
      play(seed);
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "seed " + seed + " (replay with -Dviking.seed=" + seed + "): " + broken.getMessage(),
          broken);
    }
  }

  @Test
  void undisturbedPods_takeOneStatusWriteEach() {
    ModelWorld world = new ModelWorld(7);
    for (int i = 0; i < 50; i++) {
      world.api.create("pod-" + i, ModelWorld.ZONE, "Always", "ReplicaSet", false);
    }
    world.run(Duration.ofMinutes(10));

    assertThat(world.statusWrites).hasSize(50);
    assertThat(world.statusWrites.values()).allMatch(writes -> writes == 1);
    for (String name : world.api.names()) {
      assertThat(world.api.phase(name)).isEqualTo("Running");
    }
    assertThat(world.createBatches).anyMatch(size -> size > 1).allMatch(size -> size <= 10);
  }

  @Test
  void undisturbedPodsOfAStrictSpread_takeOneMore() {
    ModelWorld world = new ModelWorld(7);
    world.api.strictSpread = true;
    for (int i = 0; i < 50; i++) {
      world.api.create("pod-" + i, ModelWorld.ZONE, "Always", "ReplicaSet", false);
    }
    world.run(Duration.ofMinutes(10));

    assertThat(world.statusWrites).hasSize(50);
    assertThat(world.statusWrites.values()).allMatch(writes -> writes == 2);
    for (String name : world.api.names()) {
      assertThat(world.api.phase(name)).isEqualTo("Running");
    }
  }

  @Test
  void deletedPods_takeOneWriteEach_unlessTheirEndIsRead() throws Exception {
    ModelWorld world = new ModelWorld(8);
    world.api.create("web", ModelWorld.ZONE, "Always", "ReplicaSet", false);
    world.api.create("job", ModelWorld.ZONE, "Always", "Job", false);
    world.run(Duration.ofMinutes(2));
    world.statusWrites.clear();

    String web = world.api.uid("web");
    String job = world.api.uid("job");
    world.api.delete("web", Optional.empty(), Optional.empty());
    world.api.delete("job", Optional.empty(), Optional.empty());
    world.run(Duration.ofMinutes(2));

    assertThat(world.api.names()).isEmpty();
    assertThat(world.cloud.list()).isEmpty();
    assertThat(world.statusWrites).doesNotContainKey(web).containsEntry(job, 1);
  }

  @Test
  void podsDeletedWhileTheyAreCreated_leaveNothing_howeverLateTheCreateArrives() {
    for (int seed = 1; seed <= 5; seed++) {
      ModelWorld world = new ModelWorld(seed);
      world.createsAreLate = true;
      for (int i = 0; i < 20; i++) {
        world.api.create("pod-" + i, ModelWorld.ZONE, "Always", "", false);
      }
      world.run(Duration.ofSeconds(1));
      for (int i = 0; i < 20; i++) {
        delete(world, "pod-" + i, Optional.empty());
        world.run(Duration.ofSeconds(2));
      }
      world.createsAreLate = false;
      world.run(Duration.ofMinutes(5));
      assertThat(world.api.names()).isEmpty();
      assertThat(world.cloud.list()).isEmpty();
    }
  }

  @Test
  void manyOrphansAtOnce_areHeld_untilSomebodyDecides() {
    ModelWorld world = new ModelWorld(9);
    world.deletionsAreWitnessed = false;
    for (int i = 0; i < 40; i++) {
      world.api.create("pod-" + i, ModelWorld.ZONE, "Always", "", false);
    }
    world.run(Duration.ofMinutes(2));
    for (int i = 0; i < 12; i++) {
      forceDelete(world, "pod-" + i);
    }
    world.run(Duration.ofMinutes(30));
    assertThat(world.cloud.list()).hasSize(40);
    assertThat(world.counts.orphansHeld()).isEqualTo(12);

    world.restart();
    world.run(Duration.ofMinutes(30));
    assertThat(world.cloud.list()).as("a restart decides nothing").hasSize(40);

    world.approveOrphans();
    world.run(Duration.ofMinutes(5));
    assertThat(world.cloud.list()).hasSize(28);
    assertThat(world.counts.orphansHeld()).isZero();
  }

  @Test
  void manyPodsForceDeletedBeforeOurEyes_leaveNoInstance() {
    ModelWorld world = new ModelWorld(11);
    for (int i = 0; i < 40; i++) {
      world.api.create("pod-" + i, ModelWorld.ZONE, "Always", "", false);
    }
    world.run(Duration.ofMinutes(2));
    for (int i = 0; i < 40; i++) {
      forceDelete(world, "pod-" + i);
    }
    world.run(Duration.ofMinutes(5));
    assertThat(world.cloud.list()).isEmpty();
    assertThat(world.counts.orphansHeld()).isZero();
  }

  @Test
  void fewOrphans_areDeleted() {
    ModelWorld world = new ModelWorld(10);
    for (int i = 0; i < 20; i++) {
      world.api.create("pod-" + i, ModelWorld.ZONE, "Always", "", false);
    }
    world.run(Duration.ofMinutes(2));
    for (int i = 0; i < 5; i++) {
      forceDelete(world, "pod-" + i);
    }
    world.run(Duration.ofMinutes(5));
    assertThat(world.cloud.list()).hasSize(15);
  }

  private static void play(long seed) {
    ModelWorld world = new ModelWorld(seed);
    Random random = new Random(seed * 31);
    world.faultPercent = random.nextInt(30);
    world.waitingPercent = random.nextInt(20);
    world.cloud.refusePercent = random.nextInt(40);
    Set<String> vanished = new HashSet<>();
    Set<String> uids = new HashSet<>();
    for (int i = 0; i < 150; i++) {
      world.api.strictSpread = i % 3 == 0;
      act(world, random, vanished, uids);
      world.run(Duration.ofMillis(random.nextInt(8000)));
      finishJobs(world);
    }
    world.faultPercent = 0;
    world.waitingPercent = 0;
    world.cloud.refusePercent = 0;
    for (int i = 0; i < 40; i++) {
      world.run(Duration.ofMinutes(3));
      finishJobs(world);
    }
    checkEnd(world);
    for (String uid : uids) {
      if (!vanished.contains(uid)) {
        assertThat(world.cloud.ran(uid)).as("instances of %s that ran", uid).isLessThanOrEqualTo(1);
      }
    }
  }

  private static void act(ModelWorld world, Random random, Set<String> vanished, Set<String> uids) {
    String name = "pod-" + random.nextInt(NAMES);
    boolean exists = world.api.has(name);
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> create(world, random, name, uids);
      case 9, 10, 11, 12 -> delete(world, name, Optional.empty());
      case 13, 14 -> delete(world, name, Optional.of((long) random.nextInt(10)));
      case 15 -> delete(world, name, Optional.of(0L));
      case 16 -> {
        // Made again under its name in the same moment.
        if (exists) {
          delete(world, name, Optional.of(0L));
          create(world, random, name, uids);
        }
      }
      case 17 -> {
        if (exists) {
          world.api.annotate(name, "touched", "" + random.nextInt());
        }
      }
      case 18 -> {
        List<String> instances = world.cloud.uids();
        if (!instances.isEmpty()) {
          String uid = instances.get(random.nextInt(instances.size()));
          // Nobody was told that it ran: then it may run again.
          if (!world.api.saysItRan(uid)) {
            vanished.add(uid);
          }
          world.cloud.time(world.time.now());
          world.cloud.vanish(uid);
        }
      }
      case 19, 20 -> world.interruptFollower(Duration.ofMillis(random.nextInt(40_000)));
      case 21, 22 -> world.restart();
      default -> {
        foreign(world, "foreign-" + random.nextInt(3), "some-node", random, uids);
      }
    }
  }

  private static void create(ModelWorld world, Random random, String name, Set<String> uids) {
    if (world.api.has(name)) {
      return;
    }
    boolean isJob = random.nextInt(3) == 0;
    String policy = isJob ? "Never" : "Always";
    uids.add(world.api.create(name, ModelWorld.ZONE, policy, isJob ? "Job" : "ReplicaSet", isJob));
  }

  private static void foreign(
      ModelWorld world, String name, String node, Random random, Set<String> uids) {
    if (!world.api.has(name)) {
      uids.add(world.api.create(name, node, "Always", "", false));
    } else if (random.nextBoolean()) {
      delete(world, name, Optional.of(0L));
    }
  }

  private static void delete(ModelWorld world, String name, Optional<Long> grace) {
    world.api.time(world.time.now());
    try {
      world.api.delete(name, Optional.empty(), grace);
    } catch (ModelApi.Refusal notThere) {
      assertThat(notThere.code).isEqualTo(404);
    }
  }

  private static void forceDelete(ModelWorld world, String name) {
    delete(world, name, Optional.of(0L));
  }

  /** The Job controller: counts what has ended, then lets it go. */
  private static void finishJobs(ModelWorld world) {
    for (String name : world.api.names()) {
      boolean isTerminal = Set.of("Succeeded", "Failed").contains(world.api.phase(name));
      if (isTerminal && world.api.hasFinalizer(name)) {
        world.api.dropFinalizer(name);
      }
    }
  }

  private static void checkEnd(ModelWorld world) {
    List<String> wrong = new ArrayList<>();
    Set<String> expected = new HashSet<>();
    for (String name : world.api.names()) {
      String phase = world.api.phase(name);
      if (name.startsWith("foreign")) {
        continue;
      }
      if (world.api.isDeleting(name)) {
        wrong.add(name + " is still being deleted, " + phase);
      } else if (phase.equals("Running")) {
        expected.add(world.api.uid(name));
      } else if (phase.equals("Pending")) {
        wrong.add(name + " never got to run");
      }
    }
    Set<String> present = new HashSet<>(world.cloud.uids());
    assertThat(wrong).isEmpty();
    assertThat(present).as("instances, by the UIDs of the pods that run").isEqualTo(expected);
    assertThat(world.counts.instances()).isEqualTo(expected.size());
  }
}
