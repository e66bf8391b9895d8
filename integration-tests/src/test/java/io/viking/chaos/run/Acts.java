package io.viking.chaos.run;

import io.viking.chaos.plan.Round;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The two acts of a round: what the user asks, and what must come of it. */
final class Acts {
  private final User user;
  private final Round round;
  private final String namespace;

  Acts(User user, Round round, String namespace) {
    this.user = user;
    this.round = round;
    this.namespace = namespace;
  }

  /** An act, before it begins: what is to come of it, and how it is asked for. */
  record Act(Goal goal, Asking asking) {}

  @FunctionalInterface
  interface Asking {
    void ask() throws InterruptedException;
  }

  Act first() {
    int pods = round.pods();
    return switch (round.work()) {
      case BARE_PODS_DELETED, BARE_PODS_FORCE_DELETED, BARE_PODS_REPLACED ->
          new Act(Goal.comingUp(pods), () -> user.pods(namespace, pods));
      case DEPLOYMENT_SCALED_DOWN, DEPLOYMENT_PODS_DELETED ->
          new Act(Goal.comingUp(pods), () -> user.deployment(namespace, pods));
      case STATEFUL_SET_EVICTED ->
          new Act(Goal.comingUp(pods), () -> user.statefulSet(namespace, pods));
      case JOB -> new Act(Goal.ending(pods), () -> user.job(namespace, pods));
    };
  }

  Act second(Collection<PodSeen> present) {
    Set<String> before = uids(present);
    return switch (round.work()) {
      case BARE_PODS_DELETED -> new Act(Goal.emptying(before), () -> user.delete(present, false));
      case BARE_PODS_FORCE_DELETED -> {
        List<PodSeen> half = present.stream().limit(present.size() / 2).toList();
        yield new Act(
            Goal.keeping(before, uids(half), before.size() - half.size()),
            () -> user.delete(half, true));
      }
      case BARE_PODS_REPLACED -> new Act(Goal.replacing(before), () -> user.replace(present));
      case DEPLOYMENT_SCALED_DOWN -> {
        int kept = before.size() / 3;
        yield new Act(Goal.keeping(before, Set.of(), kept), () -> user.scale(namespace, kept));
      }
      case DEPLOYMENT_PODS_DELETED, STATEFUL_SET_EVICTED ->
          new Act(Goal.replacing(before), () -> user.delete(present, false));
      case JOB -> new Act(Goal.emptying(before), () -> user.deleteJob(namespace));
    };
  }

  private static Set<String> uids(Collection<PodSeen> pods) {
    return pods.stream().map(PodSeen::uid).collect(Collectors.toUnmodifiableSet());
  }
}
