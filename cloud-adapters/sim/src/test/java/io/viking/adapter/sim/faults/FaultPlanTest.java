package io.viking.adapter.sim.faults;

import static io.viking.adapter.sim.faults.FaultPlan.Fate.ANSWER_LOST;
import static io.viking.adapter.sim.faults.FaultPlan.Fate.GOES_WELL;
import static io.viking.adapter.sim.faults.FaultPlan.Fate.THROTTLED;
import static io.viking.adapter.sim.faults.FaultPlan.Fate.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.state.Order;
import io.viking.adapter.sim.state.ZoneOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Instant T = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void noRules_letEverythingPass() {
    FaultPlan plan = plan("faults: []", 1);

    assertThat(plan.decide(Operation.CREATE, T))
        .isEqualTo(new FaultPlan.Decision(GOES_WELL, Duration.ZERO));
  }

  @Test
  void rules_hitTheirOperationInTheirTime() {
    FaultPlan plan =
        plan(
            """
            faults:
              - {operation: create, kind: throttle, probability: 1, fromSeconds: 10, untilSeconds: 20}
              - {operation: delete, kind: unavailable, probability: 1}
              - {operation: list, kind: lostAnswer, probability: 1}
              - {operation: any, kind: latency, probability: 1, latencySeconds: {min: 2, max: 2}}
            """,
            1);

    assertThat(plan.decide(Operation.CREATE, T).fate()).isEqualTo(GOES_WELL);
    assertThat(plan.decide(Operation.CREATE, T.plusSeconds(10)).fate()).isEqualTo(THROTTLED);
    assertThat(plan.decide(Operation.CREATE, T.plusSeconds(20)).fate()).isEqualTo(GOES_WELL);
    assertThat(plan.decide(Operation.DELETE, T).fate()).isEqualTo(UNAVAILABLE);
    assertThat(plan.decide(Operation.LIST, T).fate()).isEqualTo(ANSWER_LOST);
    assertThat(plan.decide(Operation.LOGS, T).latency()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void probability_isKept_andASeedRepeats() {
    String rules = "faults: [{operation: any, kind: unavailable, probability: 0.25}]";

    List<FaultPlan.Fate> one = fates(plan(rules, 7));

    assertThat(one).isEqualTo(fates(plan(rules, 7)));
    assertThat(one.stream().filter(fate -> fate == UNAVAILABLE).count()).isBetween(2300L, 2700L);
  }

  @Test
  void emptyZone_isTakenOffTheOrder() {
    Order order =
        Order.newBuilder()
            .addZones(ZoneOrder.newBuilder().setZone("cn-hangzhou-h"))
            .addZones(ZoneOrder.newBuilder().setZone("cn-hangzhou-i"))
            .build();
    String rule = "{operation: create, kind: outOfStock, probability: 1%s}";

    assertThat(
            plan("faults: [" + rule.formatted(", zone: cn-hangzhou-h") + "]", 1)
                .stocked(order, T)
                .getZonesList())
        .extracting(ZoneOrder::getZone)
        .containsExactly("cn-hangzhou-i");
    assertThat(plan("faults: [" + rule.formatted("") + "]", 1).stocked(order, T).getZonesList())
        .isEmpty();
  }

  private static FaultPlan plan(String yaml, long seed) {
    return new FaultPlan(Profiles.parse("test", yaml).faults(), new SplittableRandom(seed), T);
  }

  private static List<FaultPlan.Fate> fates(FaultPlan plan) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> plan.decide(Operation.CREATE, T).fate())
        .toList();
  }
}
