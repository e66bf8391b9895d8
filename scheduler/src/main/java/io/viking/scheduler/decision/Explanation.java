package io.viking.scheduler.decision;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.zone.Cure;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts verdicts into the one sentence that users know from Kubernetes, counted by reason. */
final class Explanation {
  private Explanation() {}

  /** "0/3 zones are available: 2 out of stock for 2-4Gi, 1 cordoned." One verdict for each zone. */
  static Unplaced perZone(Collection<Verdict.Reject> rejects) {
    Multiset<String> reasons = HashMultiset.create();
    var cures = new HashSet<Cure>();
    for (Verdict.Reject reject : rejects) {
      reasons.add(reject.reason());
      cures.addAll(reject.cures());
    }
    String text =
        reasons.entrySet().stream()
            .sorted(
                Comparator.<Multiset.Entry<String>>comparingInt(entry -> -entry.getCount())
                    .thenComparing(Multiset.Entry::getElement))
            .map(entry -> entry.getCount() + " " + entry.getElement())
            .collect(Collectors.joining(", "));
    return unplaced(
        rejects.size(),
        text.isEmpty() ? "the cloud offers no zone" : text,
        cures,
        Optional.empty());
  }

  /** For a reason that has nothing to do with any one zone. */
  static Unplaced whole(int zones, String reason, Set<Cure> cures) {
    return unplaced(zones, reason, cures, Optional.empty());
  }

  /**
   * For a quota that keeps the pods out of a zone that would take them.
   *
   * @param rejects of the other zones
   */
  static Unplaced quota(
      int zones, Allowance.Shortage shortage, Collection<Verdict.Reject> rejects) {
    var cures = new HashSet<Cure>();
    rejects.forEach(reject -> cures.addAll(reject.cures()));
    cures.add(new Cure.Quota(shortage.quota()));
    return unplaced(
        zones,
        shortage.reason(),
        cures,
        Optional.of(new Unplaced.OnlyQuota(shortage.quota(), shortage.milliVcpu())));
  }

  private static Unplaced unplaced(
      int zones, String text, Set<Cure> cures, Optional<Unplaced.OnlyQuota> onlyQuota) {
    var all = new HashSet<>(cures);
    all.add(new Cure.ZonesChanged());
    return new Unplaced("0/%d zones are available: %s.".formatted(zones, text), "", all, onlyQuota);
  }
}
