package io.viking.scheduler.zone;

import com.google.common.collect.Multiset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number for each domain of a topology key: zones whose nodes carry the same value of that label.
 * Asked for each pod and zone that is decided, so nothing is allocated then.
 */
public final class Domains {
  private static final class Domain {
    int count;
  }

  private final String key;
  private final Map<String, Domain> byValue = new HashMap<>();
  private final Map<String, Domain> bySite = new HashMap<>();

  /**
   * All begin with 0.
   *
   * @param sites whose domains count
   */
  public Domains(String key, List<Site> sites) {
    this.key = key;
    for (Site site : sites) {
      String value = site.labels().get(key);
      if (value != null) {
        bySite.put(site.id(), byValue.computeIfAbsent(value, _ -> new Domain()));
      }
    }
  }

  /**
   * Filled with the pods that are there.
   *
   * @param pods by zone
   */
  public static Domains of(String key, List<Site> sites, Multiset<String> pods) {
    var domains = new Domains(key, sites);
    domains.add(pods, 1);
    return domains;
  }

  public String key() {
    return key;
  }

  /** Whether a site is in a domain that counts. */
  public boolean contains(Site site) {
    return bySite.containsKey(site.id());
  }

  /** Of the site's domain; 0 if it is in none that counts. */
  public int count(Site site) {
    Domain domain = bySite.get(site.id());
    return domain == null ? 0 : domain.count;
  }

  /** Nothing if the site is in no domain that counts. */
  public void add(Site site, int number) {
    add(bySite.get(site.id()), number);
  }

  /** Adds so many for each pod. */
  public void add(Multiset<String> pods, int eachPod) {
    for (Multiset.Entry<String> zone : pods.entrySet()) {
      add(bySite.get(zone.getElement()), zone.getCount() * eachPod);
    }
  }

  public int size() {
    return byValue.size();
  }

  /** The lowest number of a domain; 0 without domains. */
  public int least() {
    int least = Integer.MAX_VALUE;
    for (Domain domain : byValue.values()) {
      least = Math.min(least, domain.count);
    }
    return byValue.isEmpty() ? 0 : least;
  }

  /** No domain has anything. */
  public boolean isEmpty() {
    for (Domain domain : byValue.values()) {
      if (domain.count != 0) {
        return false;
      }
    }
    return true;
  }

  private static void add(@Nullable Domain domain, int number) {
    if (domain != null) {
      domain.count += number;
    }
  }
}
