package io.viking.adapter.sim.network.dns;

import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.limits.TokenBucket;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.RecordChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;

/**
 * The changes of one call. The cloud takes them one by one, a token each, so some may be done and
 * the others throttled.
 *
 * <p>Changes of one name and type keep their order. Otherwise what is added is added first; but an
 * alias, which bears no other record beside it, waits until what it replaces is gone.
 */
final class RecordChanges {
  private final PrivateZone zone;
  private final String cluster;
  private final NetworkProfile.Dns may;
  private final TokenBucket writes;
  private final long now;

  RecordChanges(
      PrivateZone zone, String cluster, NetworkProfile.Dns may, TokenBucket writes, long now) {
    this.zone = zone;
    this.cluster = cluster;
    this.may = may;
    this.writes = writes;
    this.now = now;
  }

  /** One change and what became of it. */
  private static final class Item {
    final boolean remove;
    final ZoneRecord record;
    boolean done;
    Optional<CloudFailure> failure = Optional.empty();

    Item(boolean remove, ZoneRecord record) {
      this.remove = remove;
      this.record = record;
    }

    RecordSet set() {
      return new RecordSet(record.wire().getName(), record.wire().getType());
    }
  }

  private record RecordSet(Name name, int type) {}

  /** In the order of the changes; empty: done. */
  List<Optional<CloudFailure>> apply(List<RecordChange> changes) {
    List<Item> items = new ArrayList<>();
    for (RecordChange change : changes) {
      items.add(
          new Item(
              change.getRemove(),
              ZoneRecord.read(
                  change.getRecord(),
                  may.offered(change.getRecord().getTtl()),
                  zone.origin,
                  cluster)));
    }
    addWhatCanBe(items);
    for (Item item : items) {
      if (!item.done && (item.remove || !conflicts(item))) {
        run(item);
      }
    }
    items.stream().filter(item -> !item.done).forEach(this::run);
    return items.stream().map(item -> item.failure).toList();
  }

  private void addWhatCanBe(List<Item> items) {
    Set<RecordSet> held = new HashSet<>();
    for (Item item : items) {
      if (item.remove || conflicts(item) || held.contains(item.set())) {
        held.add(item.set());
      } else {
        run(item);
      }
    }
  }

  private boolean conflicts(Item item) {
    return zone.conflict(item.record).isPresent();
  }

  private void run(Item item) {
    item.done = true;
    item.failure = item.remove ? remove(item.record) : add(item.record);
  }

  private Optional<CloudFailure> remove(ZoneRecord record) {
    Optional<ZoneRecord> ours = zone.find(record).filter(found -> found.cluster().equals(cluster));
    if (ours.isEmpty()) {
      return Optional.empty();
    }
    Optional<CloudFailure> throttled = throttled();
    if (throttled.isEmpty()) {
      zone.remove(record);
    }
    return throttled;
  }

  private Optional<CloudFailure> add(ZoneRecord record) {
    Optional<ZoneRecord> same = zone.find(record);
    if (same.filter(found -> !found.cluster().equals(cluster)).isPresent()) {
      return Optional.of(foreign(record));
    }
    if (same.filter(found -> found.record().getTtl() == record.record().getTtl()).isPresent()) {
      return Optional.empty();
    }
    Optional<ZoneRecord> conflict = zone.conflict(record);
    if (conflict.isPresent()) {
      return Optional.of(conflict.get().cluster().equals(cluster) ? busy(record) : foreign(record));
    }
    if (same.isEmpty() && may.records() >= 0 && zone.size() >= may.records()) {
      return Optional.of(Refusals.overQuota("records of a zone", may.records()));
    }
    Optional<CloudFailure> throttled = throttled();
    if (throttled.isEmpty()) {
      zone.put(record);
    }
    return throttled;
  }

  private Optional<CloudFailure> throttled() {
    return writes.take(now).map(wait -> Refusals.throttled("record", wait));
  }

  private CloudFailure foreign(ZoneRecord record) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_FOREIGN,
        "zone "
            + zone.name
            + " has a record of "
            + record.record().getName()
            + " that this cluster did not make: delete it, or choose another name");
  }

  private static CloudFailure busy(ZoneRecord record) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_BUSY,
        "an alias stands alone, and "
            + record.record().getName()
            + " still has the record that this one replaces");
  }
}
