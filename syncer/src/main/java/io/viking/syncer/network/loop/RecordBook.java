package io.viking.syncer.network.loop;

import io.viking.syncer.network.dns.DnsRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the cloud has of one Service's records, as far as is known. */
final class RecordBook {
  final Map<DnsRecord.Key, Integer> known = new LinkedHashMap<>();

  /** Records that the cloud refused, and when they may be tried again. */
  final Map<DnsRecord.Key, Instant> refused = new LinkedHashMap<>();

  int callsUnderWay;
  long lastCall;
  int failures;
  boolean wasWanted;
  boolean mayGo;
  Instant notBefore = Instant.MIN;
  Instant nextPartial = Instant.MIN;
  Optional<Instant> changedAt = Optional.empty();
}
