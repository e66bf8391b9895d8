package io.viking.adapter.sim.network.dns;

import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import java.io.IOException;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * One record of a zone.
 *
 * @param record as it was given, with a TTL that the cloud offers
 * @param wire the same as queries see it; two are the same record if these are equal, whatever
 *     their TTLs
 * @param cluster of its remark; empty: made by hand
 */
record ZoneRecord(Record record, org.xbill.DNS.Record wire, String cluster) {

  /** What is wrong with a record in a zone of that name; empty: nothing. */
  static Optional<CloudFailure> fault(Record record, String zone) {
    if (record.getTtl() < 0) {
      return invalid("record.ttl", Integer.toString(record.getTtl()), "give seconds, or 0");
    }
    Name origin;
    try {
      origin = origin(zone);
    } catch (TextParseException e) {
      return invalid("zone", zone, "give a domain name without a trailing dot");
    }
    int type = type(record.getType());
    if (type == 0) {
      return invalid(
          "record.type", record.getType().toString(), "give A, AAAA, CNAME, SRV, PTR or TXT");
    }
    if (record.getName().isEmpty() || record.getName().endsWith(".")) {
      return invalid(
          "record.name", record.getName(), "give a name relative to the zone, or @ for the zone");
    }
    Name name;
    try {
      name = Name.fromString(record.getName(), origin);
    } catch (TextParseException e) {
      return invalid("record.name", record.getName(), "it is no domain name: " + e.getMessage());
    }
    if (type == Type.CNAME && name.equals(origin)) {
      return invalid("record.type", "CNAME", "the zone itself cannot be an alias");
    }
    try {
      var ignored = parse(name, type, 0, record.getValue(), origin);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return invalid(
          "record.value",
          record.getValue(),
          "it is no value of type " + Type.string(type) + ": " + e.getMessage());
    }
  }

  /**
   * Reads a record that has no {@link #fault}.
   *
   * @param ttl as the cloud offers it
   */
  static ZoneRecord read(Record record, int ttl, Name origin, String cluster) {
    Record offered = record.toBuilder().setTtl(ttl).build();
    try {
      return new ZoneRecord(
          offered,
          parse(
              Name.fromString(record.getName(), origin),
              type(record.getType()),
              ttl,
              record.getValue(),
              origin),
          cluster);
    } catch (IOException e) {
      throw new IllegalStateException("A record that was checked cannot be read", e);
    }
  }

  static Name origin(String zone) throws TextParseException {
    return Name.fromString(zone, Name.root);
  }

  private static org.xbill.DNS.Record parse(
      Name name, int type, long ttl, String value, Name origin) throws IOException {
    return org.xbill.DNS.Record.fromString(name, type, DClass.IN, ttl, value, origin);
  }

  /** 0: none. */
  private static int type(RecordType type) {
    return switch (type) {
      case RECORD_TYPE_A -> Type.A;
      case RECORD_TYPE_AAAA -> Type.AAAA;
      case RECORD_TYPE_CNAME -> Type.CNAME;
      case RECORD_TYPE_SRV -> Type.SRV;
      case RECORD_TYPE_PTR -> Type.PTR;
      case RECORD_TYPE_TXT -> Type.TXT;
      case RECORD_TYPE_UNSPECIFIED, UNRECOGNIZED -> 0;
    };
  }

  private static Optional<CloudFailure> invalid(String field, String value, String wayOut) {
    return Optional.of(Failures.invalid(field, value, wayOut));
  }

  /** Its place in a list; no two records of a zone share one. */
  String sortKey() {
    return record.getName() + " " + record.getType().name() + " " + wire.rdataToString();
  }
}
