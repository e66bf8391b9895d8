package io.viking.scheduler.rule;

import com.google.common.collect.Multiset;
import io.viking.scheduler.zone.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many pods each domain of a topology key holds: zones whose nodes carry the same value. */
final class Domains {
  private final String key;
  private final Map<String, Integer> counts = new HashMap<>();

  /**
   * @param sites whose domains count, empty ones too
   * @param pods by zone
   */
  Domains(String key, List<Site> sites, Multiset<String> pods) {
    this.key = key;
    for (Site site : sites) {
      add(site, pods.count(site.id()));
    }
  }

  String key() {
    return key;
  }

  Optional<String> of(Site site) {
    return Optional.ofNullable(site.labels().get(key));
  }

  /** Empty if the site is in no domain that counts. */
  Optional<Integer> count(Site site) {
    return of(site).map(counts::get);
  }

  void add(Site site, int pods) {
    of(site).ifPresent(domain -> counts.merge(domain, pods, Integer::sum));
  }

  int size() {
    return counts.size();
  }

  int least() {
    int least = Integer.MAX_VALUE;
    for (int count : counts.values()) {
      least = Math.min(least, count);
    }
    return counts.isEmpty() ? 0 : least;
  }
}
