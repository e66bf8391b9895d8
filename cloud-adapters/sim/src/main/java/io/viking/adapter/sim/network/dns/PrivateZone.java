package io.viking.adapter.sim.network.dns;

import io.viking.cloud.v1.Record;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** One zone and its records. Mutated inside this package. */
final class PrivateZone {
  final String cloudId;
  final String name;

  /** Who made it; empty: made by hand. */
  final String maker;

  final Name origin;
  private final Map<Name, Map<org.xbill.DNS.Record, ZoneRecord>> byName = new HashMap<>();

  /** Records by their owner, in the order of lists. */
  private final Map<String, NavigableMap<String, Record>> byOwner = new HashMap<>();

  /**
   * How many names with records stand below a name; such a name exists, with or without its own.
   */
  private final Map<Name, Integer> below = new HashMap<>();

  private int size;

  PrivateZone(String cloudId, String name, String maker, Name origin) {
    this.cloudId = cloudId;
    this.name = name;
    this.maker = maker;
    this.origin = origin;
  }

  int size() {
    return size;
  }

  /** The same record, whatever its TTL and whoever's it is. */
  Optional<ZoneRecord> find(ZoneRecord record) {
    return Optional.ofNullable(at(record.wire().getName()).get(record.wire()));
  }

  /** Those of a name. */
  Collection<ZoneRecord> records(Name at) {
    return Collections.unmodifiableCollection(at(at).values());
  }

  private Map<org.xbill.DNS.Record, ZoneRecord> at(Name at) {
    return byName.getOrDefault(at, Map.of());
  }

  /** Whether the name, or one below it, has records. */
  boolean exists(Name at) {
    return byName.containsKey(at) || below.containsKey(at);
  }

  /** Takes the place of the same one, if there is one. */
  void put(ZoneRecord record) {
    remove(record);
    Name at = record.wire().getName();
    Map<org.xbill.DNS.Record, ZoneRecord> here =
        byName.computeIfAbsent(
            at,
            fresh -> {
              count(fresh, 1);
              return new LinkedHashMap<>();
            });
    here.put(record.wire(), record);
    byOwner
        .computeIfAbsent(record.cluster(), cluster -> new TreeMap<>())
        .put(record.sortKey(), record.record());
    size++;
  }

  void remove(ZoneRecord record) {
    Optional<ZoneRecord> found = find(record);
    if (found.isEmpty()) {
      return;
    }
    Name at = record.wire().getName();
    Map<org.xbill.DNS.Record, ZoneRecord> here = at(at);
    here.remove(record.wire());
    if (here.isEmpty()) {
      byName.remove(at);
      count(at, -1);
    }
    NavigableMap<String, Record> owned = of(found.get().cluster());
    owned.remove(found.get().sortKey());
    if (owned.isEmpty()) {
      byOwner.remove(found.get().cluster());
    }
    size--;
  }

  private void count(Name at, int change) {
    for (Name above = above(at); !above.equals(origin) && above.subdomain(origin); ) {
      below.merge(above, change, Integer::sum);
      below.remove(above, 0);
      above = above(above);
    }
  }

  private static Name above(Name name) {
    return name.equals(Name.root) ? name : new Name(name, 1);
  }

  /** A record of a name that conflicts with one to be added: an alias stands alone. */
  Optional<ZoneRecord> conflict(ZoneRecord record) {
    return records(record.wire().getName()).stream()
        .filter(other -> !other.wire().equals(record.wire()))
        .filter(
            other -> other.wire().getType() == Type.CNAME || record.wire().getType() == Type.CNAME)
        .findFirst();
  }

  /** Those of one owner, in the order of lists. */
  NavigableMap<String, Record> of(String cluster) {
    return byOwner.getOrDefault(cluster, Collections.emptyNavigableMap());
  }

  boolean hasRecordsOfOthers(String cluster) {
    return byOwner.keySet().stream().anyMatch(owner -> !owner.equals(cluster));
  }

  List<ZoneRecord> all() {
    List<ZoneRecord> all = new ArrayList<>();
    byName.values().forEach(here -> all.addAll(here.values()));
    all.sort(java.util.Comparator.comparing(ZoneRecord::sortKey));
    return all;
  }
}
