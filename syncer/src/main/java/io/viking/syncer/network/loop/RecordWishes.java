package io.viking.syncer.network.loop;

import io.viking.cloud.v1.RecordType;
import io.viking.syncer.network.dns.DnsRecord;
import io.viking.syncer.network.dns.DnsZones;
import io.viking.syncer.network.dns.RecordOwner;
import io.viking.syncer.network.dns.ServiceRecords;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.StatusIngress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which records there should be, and whose a record is. */
final class RecordWishes {
  /** Whose the records are that no Service has: the version of the schema. */
  static final NamespacedName SCHEMA = new NamespacedName("", "");

  private final World world;
  private final DnsZones zones;
  private final Function<Service, Optional<List<StatusIngress>>> balancedAt;

  /**
   * @param balancedAt where a Service's load balancer is reached; empty: it has none
   */
  RecordWishes(
      World world, DnsZones zones, Function<Service, Optional<List<StatusIngress>>> balancedAt) {
    this.world = world;
    this.zones = zones;
    this.balancedAt = balancedAt;
  }

  /** Whether somebody is there to wish anything. */
  boolean isThere(NamespacedName name) {
    return name.equals(SCHEMA) || world.service(name).isPresent();
  }

  /** The TTLs of a Service's records. */
  Map<DnsRecord.Key, Integer> of(NamespacedName name) {
    if (name.equals(SCHEMA)) {
      return Map.of(
          new DnsRecord.Key(
              zones.clusterDomain(), "dns-version", RecordType.RECORD_TYPE_TXT, "\"1.1.0\""),
          zones.ttl());
    }
    return world
        .service(name)
        .filter(service -> !service.meta().isDeleting())
        .map(
            service ->
                ServiceRecords.of(service, world.slices(name), balancedAt.apply(service), zones))
        .orElseGet(Map::of);
  }

  NamespacedName owner(DnsRecord.Key key) {
    return RecordOwner.of(key, zones).orElse(SCHEMA);
  }
}
