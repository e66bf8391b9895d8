package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.rule.PlacementRule;
import io.viking.scheduler.rule.Standing;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.ZoneNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random pods with random constraints over random zones, which come, leave, and change in any
 * order. Whatever the seed: no placement breaks a required constraint when it is decided, and once
 * all is answered no pod waits for a zone that it may use, with no timer's help. The {@link Oracle}
 * judges. A seed that fails is in the test's name; {@code -Dviking.seed=N} plays it alone, {@code
 * -Dviking.seeds=N} plays more of them.
 */
class ConstraintsRandomTest {
  private static final String TYPE = "1-2Gi";

  /** Each has found a defect once. */
  private static final long[] FOUND = {586, 3371028991575299306L, 2060553269804420063L};

  static LongStream seeds() {
    Long one = Long.getLong("viking.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.concat(
            LongStream.of(FOUND), LongStream.range(0, Integer.getInteger("viking.seeds", 200)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySeed_constraintsHoldAndNobodyWaitsInVain(long seed) {
    new Run(seed).play();
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final Oracle oracle = new Oracle();
    private final List<String> zones;
    private final Cloud cloud;
    private final Stage stage;
    private final RandomShapes shapes;
    private final List<PodShape> made = new ArrayList<>();

    Run(long seed) {
      this.seed = seed;
      random = new Random(seed);
      zones = List.of("h", "i", "j", "k", "l").subList(0, 2 + random.nextInt(4));
      cloud = cloud().zones(zones.toArray(String[]::new));
      stage = new Stage(CONFIG, decider());
      shapes = new RandomShapes(random, zones);
      stage.open(cloud);
      zones.forEach(zone -> tell(node(zone)));
      RandomShapes.NAMESPACES.forEach(this::relabel);
    }

    void play() {
      for (int i = 1; i <= 120; i++) {
        act();
        if (seed % 2 == 0 || i % 15 == 0) {
          rest();
        }
      }
    }

    /** All is answered and all instances are made, but nothing else happens that could help. */
    private void rest() {
      stage.settle();
      // A strict spread goes on by what is created, pod by pod.
      int binds;
      do {
        binds = stage.binds.size();
        everyPodStarts();
        stage.settle();
      } while (stage.binds.size() > binds);
      nobodyWaitsInVain();
    }

    private void act() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> create();
        case 4 -> anyPod().ifPresent(stage::delete);
        case 5 -> anyPod().ifPresent(this::terminate);
        case 6 -> tell(node(zones.get(random.nextInt(zones.size()))));
        case 7 -> relabel(RandomShapes.NAMESPACES.get(random.nextInt(3)));
        case 8 -> moveStock();
        case 9 -> everyPodStarts();
        default -> {
          for (int i = random.nextInt(20); i > 0 && !stage.unanswered.isEmpty(); i--) {
            stage.answer();
          }
        }
      }
    }

    private void create() {
      if (made.isEmpty() || random.nextInt(3) == 0) {
        made.add(shapes.next());
      }
      PodShape shape = made.get(random.nextInt(made.size()));
      stage.create(shape, 1 + random.nextInt(8));
    }

    private void terminate(String uid) {
      var pod = stage.pods.get(uid);
      if (!pod.zone().isEmpty()) {
        stage.feed(stage.terminating(uid));
      }
    }

    private void everyPodStarts() {
      for (var pod : List.copyOf(stage.pods.values())) {
        String uid = pod.ref().uid();
        boolean leaves =
            stage.core.population().find(uid).map(spot -> spot.crowd().terminating()).orElse(false);
        if (!pod.zone().isEmpty() && !leaves) {
          stage.feed(stage.placed(uid, true));
        }
      }
    }

    /** Zones have no end of it, or none. */
    private void moveStock() {
      zones.forEach(zone -> cloud.stock(zone, TYPE, random.nextInt(4) == 0 ? 0 : -1));
      stage.feed(new SchedulerEvent.CatalogChanged(cloud.snapshot()));
    }

    private void relabel(String namespace) {
      Map<String, String> labels = Map.of("team", random.nextBoolean() ? "red" : "blue");
      oracle.namespace(namespace, labels);
      stage.feed(new SchedulerEvent.NamespaceSeen(namespace, labels));
    }

    private void tell(ZoneNode node) {
      oracle.node(node);
      stage.feed(new SchedulerEvent.NodeSeen(node));
    }

    private ZoneNode node(String zone) {
      var taints = new ArrayList<Taint>(List.of(Cloud.OURS));
      if (random.nextInt(4) == 0) {
        taints.add(new Taint("t", "", random.nextBoolean() ? "NoSchedule" : "PreferNoSchedule"));
      }
      return new ZoneNode(
          zone,
          random.nextInt(8) == 0
              ? Map.of(Shape.ZONE, zone)
              : Map.of(Shape.ZONE, zone, RandomShapes.REGION, zone.compareTo("j") < 0 ? "a" : "b"),
          taints,
          random.nextInt(6) == 0);
    }

    private Optional<String> anyPod() {
      var uids = List.copyOf(stage.pods.keySet());
      return uids.isEmpty() ? Optional.empty() : Optional.of(uids.get(random.nextInt(uids.size())));
    }

    private void nobodyWaitsInVain() {
      List<Oracle.Present> present = present(stage.core.population());
      for (var pod : stage.pods.values()) {
        if (pod.zone().isEmpty()) {
          for (String zone : zones) {
            boolean usable =
                cloud.stockOf(zone, TYPE) != 0
                    && oracle.broken(pod.shape(), zone, present).isEmpty();
            assertThat(usable)
                .as("seed %d: %s waits (%s), but may go to %s", seed, pod, pod.condition(), zone)
                .isFalse();
          }
        }
      }
    }

    private List<Oracle.Present> present(Population population) {
      return stage.pods.keySet().stream()
          .flatMap(uid -> population.find(uid).stream())
          .map(spot -> new Oracle.Present(spot.zone(), spot.crowd()))
          .toList();
    }

    /** As it is, with a rule that allows everything and has the oracle judge what is placed. */
    private GroupDecider decider() {
      GroupDecider standard = GroupDecider.standard();
      var rules = new ArrayList<>(standard.rules());
      rules.add(new Witness());
      return new GroupDecider(
          standard.groupFilters(),
          standard.constraints(),
          standard.supplies(),
          rules,
          standard.scores());
    }

    private final class Witness implements PlacementRule {
      @Override
      public String name() {
        return "Witness";
      }

      @Override
      public Optional<Standing> open(PodShape shape, Population population, List<Site> sites) {
        var present = new ArrayList<>(present(population));
        return Optional.of(
            new Standing() {
              @Override
              public boolean allows(Site site) {
                return true;
              }

              @Override
              public Verdict.Reject objection(Site site) {
                throw new AssertionError(site);
              }

              @Override
              public void placed(Site site) {
                assertThat(oracle.broken(shape, site.id(), present))
                    .as("seed %d: %s placed in %s", seed, shape, site.id())
                    .isEmpty();
                present.add(new Oracle.Present(site.id(), shape.crowd()));
              }

              @Override
              public boolean pins() {
                return false;
              }
            });
      }
    }
  }

  private static final CoreConfig CONFIG =
      new CoreConfig(
          64,
          8,
          Stage.CONFIG.bindBackoff(),
          Stage.CONFIG.groupBackoff(),
          Stage.CONFIG.coolDown(),
          10,
          10);
}
