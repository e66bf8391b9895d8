package io.viking.syncer.network.dns;

import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What turns the records that are there into those that should be. */
public final class RecordDelta {
  /** The TTL of a record of which it is not known how, or whether, it is in the cloud. */
  public static final int UNKNOWN = -1;

  /**
   * @param removes in the same zone as {@code key}
   */
  public record Change(DnsRecord.Key key, int ttl, boolean removes) {
    public RecordChange message() {
      return RecordChange.newBuilder()
          .setRecord(DnsRecord.message(key, ttl))
          .setRemove(removes)
          .build();
    }
  }

  private RecordDelta() {}

  /**
   * Adds first, so that a name that changes always answers; but a CNAME can stand beside nothing,
   * so what it replaces, and what replaces it, goes first.
   *
   * @param known TTLs of what is there; {@link #UNKNOWN} for what may or may not be
   * @param desired TTLs of what should be there
   */
  public static List<Change> between(
      Map<DnsRecord.Key, Integer> known, Map<DnsRecord.Key, Integer> desired) {
    Set<String> aliases = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (DnsRecord.Key key : desired.keySet()) {
      names.add(key.name());
      if (key.type() == RecordType.RECORD_TYPE_CNAME) {
        aliases.add(key.name());
      }
    }
    List<Change> first = new ArrayList<>();
    List<Change> adds = new ArrayList<>();
    List<Change> removes = new ArrayList<>();
    desired.forEach(
        (key, ttl) -> {
          if (!ttl.equals(known.get(key))) {
            adds.add(new Change(key, ttl, false));
          }
        });
    known.forEach(
        (key, ttl) -> {
          if (!desired.containsKey(key)) {
            boolean isInTheWay =
                key.type() == RecordType.RECORD_TYPE_CNAME
                    ? names.contains(key.name())
                    : aliases.contains(key.name());
            (isInTheWay ? first : removes).add(new Change(key, Math.max(0, ttl), true));
          }
        });
    first.addAll(adds);
    first.addAll(removes);
    return first;
  }
}
