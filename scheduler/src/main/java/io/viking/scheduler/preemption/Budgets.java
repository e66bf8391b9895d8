package io.viking.scheduler.preemption;

import io.viking.scheduler.pod.Crowd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PodDisruptionBudgets, and the disruptions of our own that they may not show yet: the controller
 * that counts them sees a deletion some time after us. Confined to one thread.
 */
final class Budgets {
  /** After which the controller has counted a deletion for sure. */
  private static final Duration UNTIL_COUNTED = Duration.ofSeconds(10);

  private final Map<String, Budget> budgets = new HashMap<>();
  private final Map<String, Spent> spent = new HashMap<>();

  /**
   * @param until empty while the call is on its way
   */
  private record Spent(Crowd crowd, Optional<Instant> until) {}

  /** Gives whether more may be disrupted than before. */
  boolean put(Budget budget) {
    Budget before = budgets.put(key(budget.namespace(), budget.name()), budget);
    return before != null
        && (budget.allowed() > before.allowed() || !budget.selector().equals(before.selector()));
  }

  /** Gives whether there was one. */
  boolean remove(String namespace, String name) {
    return budgets.remove(key(namespace, name)) != null;
  }

  /** A pod is being disrupted. */
  void spend(String uid, Crowd crowd) {
    spent.put(uid, new Spent(crowd, Optional.empty()));
  }

  /** The API server knows of it. */
  void told(String uid, Instant now) {
    spent.computeIfPresent(
        uid, (_, own) -> new Spent(own.crowd(), Optional.of(now.plus(UNTIL_COUNTED))));
  }

  /** It was not. */
  void notSpent(String uid) {
    spent.remove(uid);
  }

  /** What may be disrupted now, to be counted down. */
  Countdown countdown(Instant now) {
    spent.values().removeIf(own -> own.until().filter(until -> !now.isBefore(until)).isPresent());
    return new Countdown();
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }

  /** Budgets while victims are chosen. */
  final class Countdown {
    private final Map<Budget, Integer> left = new HashMap<>();
    private final Map<Crowd, List<Budget>> covering = new HashMap<>();

    /** Takes one from every budget that covers such a pod, if all of them allow it. */
    boolean take(Crowd crowd) {
      List<Budget> all = covering.computeIfAbsent(crowd, this::coveringOf);
      for (Budget budget : all) {
        if (left(budget) <= 0) {
          return false;
        }
      }
      all.forEach(budget -> left.merge(budget, -1, Integer::sum));
      return true;
    }

    private int left(Budget budget) {
      return left.computeIfAbsent(
          budget,
          _ ->
              budget.allowed()
                  - (int)
                      spent.values().stream().filter(own -> budget.covers(own.crowd())).count());
    }

    private List<Budget> coveringOf(Crowd crowd) {
      var all = new ArrayList<Budget>();
      for (Budget budget : budgets.values()) {
        if (budget.covers(crowd)) {
          all.add(budget);
        }
      }
      return List.copyOf(all);
    }
  }
}
