package io.viking.chaos.run;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What an act of a round is to come to, in one namespace.
 *
 * @param before UIDs of the pods that were there when it began
 * @param doomed those of them that must go, whichever others do
 * @param kept how many of them are to run on
 * @param fresh how many new ones there are to be
 * @param freshEnd whether those end by themselves rather than run on
 */
record Goal(Set<String> before, Set<String> doomed, int kept, int fresh, boolean freshEnd) {
  Goal {
    before = Set.copyOf(before);
    doomed = Set.copyOf(doomed);
  }

  static Goal comingUp(int fresh) {
    return new Goal(Set.of(), Set.of(), 0, fresh, false);
  }

  static Goal ending(int fresh) {
    return new Goal(Set.of(), Set.of(), 0, fresh, true);
  }

  static Goal replacing(Set<String> before) {
    return new Goal(before, before, 0, before.size(), false);
  }

  static Goal emptying(Set<String> before) {
    return new Goal(before, before, 0, 0, false);
  }

  static Goal keeping(Set<String> before, Set<String> doomed, int kept) {
    return new Goal(before, doomed, kept, 0, false);
  }

  /** How much of it is reached, 0 to 100. */
  int percent(Collection<PodSeen> pods) {
    int all = before.size() - kept + fresh;
    long still = pods.stream().filter(pod -> before.contains(pod.uid())).count();
    long done = Math.max(0, before.size() - still) + Math.min(fresh, freshOnes(pods));
    return all == 0 ? 100 : (int) Math.min(100, 100 * done / all);
  }

  boolean isReached(Collection<PodSeen> pods) {
    List<PodSeen> old = pods.stream().filter(pod -> before.contains(pod.uid())).toList();
    return old.size() == kept
        && old.stream().allMatch(PodSeen::runs)
        && old.stream().noneMatch(pod -> doomed.contains(pod.uid()))
        && pods.size() == kept + fresh
        && freshOnes(pods) == fresh;
  }

  private long freshOnes(Collection<PodSeen> pods) {
    return pods.stream()
        .filter(pod -> !before.contains(pod.uid()))
        .filter(pod -> freshEnd ? pod.phase().equals("Succeeded") : pod.runs())
        .count();
  }

  /** The pods that are in its way. */
  List<PodSeen> laggards(Collection<PodSeen> pods) {
    return pods.stream()
        .filter(
            pod ->
                before.contains(pod.uid())
                    ? doomed.contains(pod.uid()) || !pod.runs()
                    : freshEnd ? !pod.phase().equals("Succeeded") : !pod.runs())
        .toList();
  }
}
