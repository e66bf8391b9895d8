package io.viking.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.process.Sabotage;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the simulation does when nobody disturbs it: the least that design §3 asks for. */
class UndisturbedTest {
  private static final int PODS = 20;
  private static final long WHILE_MILLIS = 600_000;

  private final World world = new World(1, Zones.PLENTY, Sabotage.NONE, 0);
  private final Actors actors = new Actors(world, new SplittableRandom(1));

  @Test
  void pods_takeTwoWritesToRunning_oneMoreWhileTheCloudIsSlow_andThenNobodyWrites() {
    world.run(WHILE_MILLIS);
    long before = world.api.revision();

    actors.createSome(PODS, 0);
    world.run(WHILE_MILLIS);

    assertThat(world.pods()).hasSize(PODS).allMatch(pod -> PodObject.phase(pod).equals("Running"));
    assertThat(world.cloud.list()).hasSize(PODS);
    assertThat(world.api.revision() - before)
        .as("creates, bindings and statuses of %d pods", PODS)
        .isBetween(3L * PODS, 4L * PODS);

    long writes = world.invariants.writes();
    world.run(WHILE_MILLIS);
    assertThat(world.invariants.writes()).isEqualTo(writes);
  }

  @Test
  void deletedPods_leaveNothing() {
    actors.createSome(PODS, 0);
    world.run(WHILE_MILLIS);

    actors.deleteAll();
    world.run(WHILE_MILLIS);

    assertThat(world.pods()).isEmpty();
    assertThat(world.cloud.list()).isEmpty();
    assertThat(world.faults.counts())
        .containsAllEntriesOf(
            Map.of(FaultKind.REQUEST_LOST, 0L, FaultKind.WATCH_CUT, 0L, FaultKind.BUSY, 0L));
  }
}
