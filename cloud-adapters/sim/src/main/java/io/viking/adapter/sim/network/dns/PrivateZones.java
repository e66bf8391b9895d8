package io.viking.adapter.sim.network.dns;

import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.limits.TokenBucket;
import io.viking.adapter.sim.network.outcome.Nothing;
import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.adapter.sim.state.BucketState;
import io.viking.adapter.sim.state.OwnedRecord;
import io.viking.adapter.sim.state.SetRecord;
import io.viking.adapter.sim.state.ZoneOfRecords;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The account's private zones, all bound to its one network. Several clusters may have records in
 * one zone; each sees its own. One thread.
 */
public final class PrivateZones {
  private final NetworkProfile.Dns may;
  private final Function<String, String> newId;
  private final TokenBucket writes;
  private final Map<Name, PrivateZone> zones = new HashMap<>();

  /**
   * @param newId gives an id that begins so
   */
  public PrivateZones(NetworkProfile.Dns may, Function<String, String> newId, BucketState writes) {
    this.may = may;
    this.newId = newId;
    this.writes = TokenBucket.restore(may.writes(), writes);
  }

  /** What is wrong with a zone's name; empty: nothing. */
  public static boolean isName(String zone) {
    try {
      return !zone.isEmpty() && !zone.endsWith(".") && ZoneRecord.origin(zone).labels() > 1;
    } catch (TextParseException e) {
      return false;
    }
  }

  /** What is wrong with a record; empty: nothing. */
  public static Optional<CloudFailure> fault(Record record, String zone) {
    return ZoneRecord.fault(record, zone);
  }

  public void restore(ZoneOfRecords state) {
    PrivateZone zone = add(state.getCloudId(), state.getName(), state.getCluster());
    for (OwnedRecord owned : state.getRecordsList()) {
      zone.put(
          ZoneRecord.read(
              owned.getRecord(), owned.getRecord().getTtl(), zone.origin, owned.getCluster()));
    }
  }

  public List<ZoneOfRecords> save() {
    return sorted().stream().map(PrivateZones::save).toList();
  }

  private static ZoneOfRecords save(PrivateZone zone) {
    ZoneOfRecords.Builder state =
        ZoneOfRecords.newBuilder()
            .setCloudId(zone.cloudId)
            .setName(zone.name)
            .setCluster(zone.maker);
    zone.all()
        .forEach(
            record ->
                state.addRecords(
                    OwnedRecord.newBuilder()
                        .setRecord(record.record())
                        .setCluster(record.cluster())));
    return state.build();
  }

  public BucketState saveWrites() {
    return writes.save();
  }

  /** The id of a zone that is there. */
  public Optional<String> id(String zone) {
    return find(zone).map(found -> found.cloudId);
  }

  /** See EnsureDnsZone; gives its id. */
  public Outcome<String> ensure(String cluster, String zone, long now) {
    Optional<PrivateZone> found = find(zone);
    if (found.isPresent()) {
      return Outcome.done(found.get().cloudId);
    }
    if (may.zones() >= 0 && zones.size() >= may.zones()) {
      return Outcome.refused(Refusals.overQuota("private zones", may.zones()));
    }
    Optional<Duration> wait = writes.take(now);
    return wait.isPresent()
        ? Outcome.refused(Refusals.throttled("zone", wait.get()))
        : Outcome.done(add(newId.apply("pvtz-"), zone, cluster).cloudId);
  }

  /** See ApplyRecords; no change has a {@link #fault}. */
  public Outcome<List<Optional<CloudFailure>>> change(
      String cluster, String zone, List<RecordChange> changes, long now) {
    Optional<PrivateZone> found = find(zone);
    return found.isEmpty()
        ? Outcome.refused(missing(zone))
        : Outcome.done(new RecordChanges(found.get(), cluster, may, writes, now).apply(changes));
  }

  /** See DeleteDnsZone. */
  public Outcome<Nothing> delete(String cluster, String zone, long now) {
    Optional<PrivateZone> found = find(zone);
    if (found.isEmpty()) {
      return Outcome.done(Nothing.NOTHING);
    }
    if (!found.get().maker.equals(cluster)) {
      return Outcome.refused(
          CloudFailure.of(
              ErrorReason.ERROR_REASON_FOREIGN, "this cluster did not make zone " + zone));
    }
    if (found.get().hasRecordsOfOthers(cluster)) {
      return Outcome.refused(
          CloudFailure.of(
              ErrorReason.ERROR_REASON_FOREIGN,
              "zone " + zone + " has records that this cluster did not make"));
    }
    Optional<Duration> wait = writes.take(now);
    if (wait.isPresent()) {
      return Outcome.refused(Refusals.throttled("zone", wait.get()));
    }
    zones.remove(found.get().origin);
    return Outcome.done(Nothing.NOTHING);
  }

  /** The records of a cluster in a zone, by a key that they keep; empty: there is no such zone. */
  public Optional<NavigableMap<String, Record>> records(
      String cluster, String zone, String namePrefix) {
    return find(zone)
        .map(
            found -> {
              NavigableMap<String, Record> all = found.of(cluster);
              return namePrefix.isEmpty()
                  ? all
                  : all.subMap(namePrefix, true, namePrefix + Character.MAX_VALUE, true);
            })
        .map(Collections::unmodifiableNavigableMap);
  }

  /** What a query finds. */
  public Answer lookup(Name name, int type) {
    return new Lookup(zones, Math.toIntExact(may.ttls().getFirst())).find(name, type);
  }

  /**
   * One zone of the account.
   *
   * @param cluster who made it; empty: by hand
   */
  public record Shown(String cloudId, String name, String cluster, int records) {}

  public List<Shown> show() {
    return sorted().stream()
        .map(zone -> new Shown(zone.cloudId, zone.name, zone.maker, zone.size()))
        .toList();
  }

  /** All records of a zone, whoever's, by a key that they keep; empty: there is no such zone. */
  public Optional<NavigableMap<String, OwnedRecord>> showRecords(String zone) {
    return find(zone)
        .map(
            found -> {
              NavigableMap<String, OwnedRecord> all = new TreeMap<>();
              save(found).getRecordsList().forEach(r -> all.put(showKey(r), r));
              return all;
            });
  }

  private static String showKey(OwnedRecord owned) {
    Record record = owned.getRecord();
    return record.getName() + " " + record.getType().name() + " " + record.getValue();
  }

  /** Whether the record that an act is about is there. */
  public boolean has(SetRecord act) {
    return act.hasBefore()
        && find(act.getZone())
            .flatMap(zone -> zone.find(read(zone, act.getBefore(), "")))
            .isPresent();
  }

  /**
   * What somebody does in the cloud's console; a zone that is missing is made. No record has a
   * {@link #fault}. False: the record to be changed or removed is not there, or what is added is.
   */
  public boolean set(SetRecord act) {
    Optional<PrivateZone> found = find(act.getZone());
    if (found.isEmpty() && act.hasBefore()) {
      return false;
    }
    PrivateZone zone = found.orElseGet(() -> add(newId.apply("pvtz-"), act.getZone(), ""));
    Optional<ZoneRecord> before =
        act.hasBefore() ? zone.find(read(zone, act.getBefore(), "")) : Optional.empty();
    if (act.hasBefore() && before.isEmpty()) {
      return false;
    }
    if (!act.hasAfter()) {
      before.ifPresent(zone::remove);
      return true;
    }
    ZoneRecord after = read(zone, act.getAfter(), before.map(ZoneRecord::cluster).orElse(""));
    boolean another = before.filter(was -> was.wire().equals(after.wire())).isEmpty();
    if (another && zone.find(after).isPresent()) {
      return false;
    }
    before.ifPresent(zone::remove);
    zone.put(after);
    return true;
  }

  private ZoneRecord read(PrivateZone zone, Record record, String cluster) {
    return ZoneRecord.read(record, may.offered(record.getTtl()), zone.origin, cluster);
  }

  private List<PrivateZone> sorted() {
    return zones.values().stream().sorted(Comparator.comparing(zone -> zone.name)).toList();
  }

  private PrivateZone add(String cloudId, String name, String maker) {
    PrivateZone zone;
    try {
      zone = new PrivateZone(cloudId, name, maker, ZoneRecord.origin(name));
    } catch (TextParseException e) {
      throw new IllegalStateException("The name of a zone was checked", e);
    }
    zones.put(zone.origin, zone);
    return zone;
  }

  private Optional<PrivateZone> find(String zone) {
    try {
      return Optional.ofNullable(zones.get(ZoneRecord.origin(zone)));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }

  private static CloudFailure missing(String zone) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_NOT_FOUND, "there is no zone " + zone + ": ensure it first");
  }
}
