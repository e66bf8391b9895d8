package io.viking.cli.bench.placement;

import io.viking.scheduler.decision.Decision;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.decision.PlacementPolicy;
import io.viking.scheduler.decision.World;
import io.viking.scheduler.pod.PodShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A way to choose between the zones that may run a pod. All rivals filter alike, by the scheduler's
 * own filters: none sends a pod where nothing is left.
 */
interface Rival {
  String name();

  /** Decides some of the pods that wait, at least the first of them. */
  Decision decide(PodShape shape, int waiting, World world);

  /** What the scheduler does. */
  static Rival of(PlacementPolicy policy) {
    return new Rival() {
      private final GroupDecider decider = GroupDecider.standard(policy);

      @Override
      public String name() {
        return policy.toString();
      }

      @Override
      public Decision decide(PodShape shape, int waiting, World world) {
        return decider.decide(shape, waiting, world);
      }
    };
  }

  /** Any zone, each as likely. */
  static Rival random(long seed) {
    return new Rival() {
      private final Random random = new Random(seed);

      @Override
      public String name() {
        return "random";
      }

      @Override
      public Decision decide(PodShape shape, int waiting, World world) {
        var zones = new ArrayList<>(Market.ZONES);
        Collections.shuffle(zones, random);
        return inOrder(zones, shape, world);
      }
    };
  }

  /** The zone after the last one, whoever's pod it is. */
  static Rival roundRobin() {
    return new Rival() {
      private final List<String> zones = new ArrayList<>(Market.ZONES);

      @Override
      public String name() {
        return "round-robin";
      }

      @Override
      public Decision decide(PodShape shape, int waiting, World world) {
        Decision decision = inOrder(List.copyOf(zones), shape, world);
        for (Placement placement : decision.placements()) {
          Collections.rotate(zones, -1 - zones.indexOf(placement.zone()));
        }
        return decision;
      }
    };
  }

  private static Decision inOrder(List<String> zones, PodShape shape, World world) {
    return GroupDecider.standard().scoredBy(List.of(new ByRank(zones))).decide(shape, 1, world);
  }
}
