package io.viking.adapter.sim.faults;

import io.viking.adapter.sim.profile.FaultRule;
import io.viking.adapter.sim.profile.FaultRule.Kind;
import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.adapter.sim.state.Order;
import io.viking.adapter.sim.state.ZoneOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which calls fail, and how: drawn from a generator that is given, so that a run repeats if its
 * calls come in the same order. One thread at a time.
 *
 * <p>Faults stand between the caller and the cloud. What they do is no part of the cloud's state,
 * but for an order that met an empty zone: that zone is taken off it.
 */
public final class FaultPlan {
  private static final int MILLION = 1_000_000;

  private final List<FaultRule> rules;
  private final RandomGenerator random;
  private final Instant opened;

  /**
   * @param opened the time from which the rules count theirs
   */
  public FaultPlan(List<FaultRule> rules, RandomGenerator random, Instant opened) {
    this.rules = List.copyOf(rules);
    this.random = random;
    this.opened = opened;
  }

  /** How a call goes. */
  public enum Fate {
    GOES_WELL,
    THROTTLED,
    /** Fails, and nothing has happened. */
    UNAVAILABLE,
    /** Happens, and fails. */
    ANSWER_LOST
  }

  /**
   * What becomes of one call.
   *
   * @param latency before it happens
   */
  public record Decision(Fate fate, Duration latency) {}

  public Decision decide(Operation call, Instant now) {
    Fate fate = Fate.GOES_WELL;
    long latency = 0;
    for (FaultRule rule : rules) {
      if (!hits(rule, call, now)) {
        continue;
      }
      switch (rule.kind()) {
        case LATENCY -> latency += rule.latency().draw(random);
        case THROTTLE -> fate = worse(fate, Fate.THROTTLED);
        case UNAVAILABLE -> fate = worse(fate, Fate.UNAVAILABLE);
        case LOST_ANSWER -> fate = worse(fate, Fate.ANSWER_LOST);
        case OUT_OF_STOCK -> {}
      }
    }
    return new Decision(fate, Duration.ofMillis(latency));
  }

  /**
   * The order without the zones that are empty for it, which it names; it may be left with none.
   */
  public Order stocked(Order order, Instant now) {
    Order result = order;
    for (FaultRule rule : rules) {
      if (rule.kind() == Kind.OUT_OF_STOCK && hits(rule, Operation.CREATE, now)) {
        Order.Builder left = result.toBuilder().clearZones();
        for (ZoneOrder zone : result.getZonesList()) {
          if (rule.zone().isEmpty() || rule.zone().equals(zone.getZone())) {
            left.addSoldOut(zone.getZone());
          } else {
            left.addZones(zone);
          }
        }
        result = left.build();
      }
    }
    return result;
  }

  private boolean hits(FaultRule rule, Operation call, Instant now) {
    long age = Duration.between(opened, now).toMillis();
    return rule.operation().covers(call)
        && age >= rule.fromMillis()
        && age < rule.untilMillis()
        && random.nextInt(MILLION) < rule.ppm();
  }

  /** The first that was drawn stays. */
  private static Fate worse(Fate before, Fate drawn) {
    return before == Fate.GOES_WELL ? drawn : before;
  }
}
