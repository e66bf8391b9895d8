package io.viking.syncer.network.dns;

import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;

/**
 * A record that should be, or is, in a zone of the cloud. Two records of one name and type with
 * different values stand side by side.
 */
public record DnsRecord(Key key, int ttl) {
  /**
   * What makes a record another one: the rest of it, its TTL, can be changed.
   *
   * @param zone without a trailing dot: "cluster.local"
   * @param name relative to the zone: "web.default.svc"
   * @param value in presentation form; names in it end with a dot
   */
  public record Key(String zone, String name, RecordType type, String value) {}

  static DnsRecord of(String zone, String name, RecordType type, String value, int ttl) {
    return new DnsRecord(new Key(zone, name, type, value), ttl);
  }

  /** As the cloud lists it. */
  public static DnsRecord listed(String zone, Record record) {
    return of(zone, record.getName(), record.getType(), record.getValue(), record.getTtl());
  }

  public Record message() {
    return message(key, ttl);
  }

  /** Of what is to be removed, the TTL does not matter. */
  static Record message(Key key, int ttl) {
    return Record.newBuilder()
        .setName(key.name())
        .setType(key.type())
        .setValue(key.value())
        .setTtl(ttl)
        .build();
  }
}
