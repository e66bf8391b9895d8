package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Shape.shape;

import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.testing.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Shapes with constraints of every kind, few enough labels that they often meet. */
final class RandomShapes {
  static final List<String> NAMESPACES = List.of("n1", "n2", "n3");
  static final String REGION = "topology.kubernetes.io/region";
  private static final List<String> APPS = List.of("a", "b", "c");

  private final Random random;
  private final List<String> zones;

  RandomShapes(Random random, List<String> zones) {
    this.random = random;
    this.zones = zones;
  }

  PodShape next() {
    String app = any(APPS);
    String namespace = any(NAMESPACES);
    Shape shape =
        shape()
            .namespace(namespace)
            .owner(app + random.nextInt(2))
            .labels(
                chance(3)
                    ? Map.of("app", app, "tier", any(List.of("x", "y")))
                    : Map.of("app", app));
    if (chance(5)) {
      shape.selector(Shape.ZONE, any(zones));
    }
    if (chance(5)) {
      shape.required(new LabelRule(Shape.ZONE, any(List.of(Operator.NOT_IN, Operator.IN)), some()));
    }
    if (chance(3)) {
      shape.tolerate("t", any(List.of("Exists", "Equal")), "", any(List.of("", "NoSchedule")));
    }
    for (int i = atMost(2); i > 0; i--) {
      shape.spread(spread(namespace));
    }
    if (chance(5)) {
      shape.near(key(), scope());
    }
    if (chance(4)) {
      shape.awayFrom(key(), scope());
    }
    if (chance(4)) {
      shape.preferPods(random.nextInt(199) - 99, scope());
    }
    if (chance(4)) {
      shape.softSpread(1 + random.nextInt(2), app);
    }
    return shape.build();
  }

  private SpreadConstraint spread(String namespace) {
    return new SpreadConstraint(
        key(),
        PodScope.in(namespace, match()),
        1 + random.nextInt(3),
        1 + atMost(3),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private PodScope scope() {
    LabelMatch chosen =
        switch (random.nextInt(4)) {
          case 0 -> LabelMatch.EVERYTHING;
          case 1 -> LabelMatch.allOf(List.of(LabelRule.is("team", any(List.of("red", "blue")))));
          default -> LabelMatch.NOTHING;
        };
    return new PodScope(Set.of(any(NAMESPACES)), chosen, match());
  }

  private LabelMatch match() {
    return switch (random.nextInt(6)) {
      case 0 -> LabelMatch.EVERYTHING;
      case 1 -> LabelMatch.allOf(List.of(new LabelRule("app", Operator.NOT_IN, Set.of(any(APPS)))));
      case 2 ->
          LabelMatch.allOf(List.of(LabelRule.is("app", any(APPS)), LabelRule.is("tier", "x")));
      case 3 ->
          LabelMatch.allOf(
              List.of(new LabelRule("app", Operator.IN, new HashSet<>(List.of("a", any(APPS))))));
      default -> LabelMatch.allOf(List.of(LabelRule.is("app", any(APPS))));
    };
  }

  private Set<String> some() {
    var chosen = new ArrayList<>(zones);
    chosen.removeIf(_ -> random.nextBoolean());
    return chosen.isEmpty() ? Set.of(zones.getFirst()) : Set.copyOf(chosen);
  }

  private String key() {
    return chance(4) ? REGION : Shape.ZONE;
  }

  /** 0 half of the time. */
  private int atMost(int most) {
    return Math.max(0, random.nextInt(2 * most + 1) - most);
  }

  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
