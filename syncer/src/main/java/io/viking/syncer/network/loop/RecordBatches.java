package io.viking.syncer.network.loop;

import io.viking.cloud.v1.RecordChange;
import io.viking.syncer.network.dns.RecordDelta;
import io.viking.syncer.network.service.NamespacedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes of records of several Services, gathered to calls as large as the adapter takes. */
final class RecordBatches {
  /** The tag and the length around a change within its call. */
  private static final int ITEM_OVERHEAD = 8;

  private final Outbox outbox;
  private final NetworkLimits limits;
  private final Map<String, Batch> filling = new LinkedHashMap<>();
  private final Map<Long, Batch> calls = new HashMap<>();

  /** One call. */
  static final class Batch {
    private final String zone;
    private final Set<NamespacedName> owners = new LinkedHashSet<>();
    private final List<RecordDelta.Change> changes = new ArrayList<>();
    private final List<RecordChange> messages = new ArrayList<>();
    private int bytes;

    private Batch(String zone) {
      this.zone = zone;
    }

    String zone() {
      return zone;
    }

    Set<NamespacedName> owners() {
      return owners;
    }

    List<RecordDelta.Change> changes() {
      return changes;
    }
  }

  RecordBatches(Outbox outbox, NetworkLimits limits) {
    this.outbox = outbox;
    this.limits = limits;
  }

  /** One call for each zone and step, and Service; what does not fit waits for its answer. */
  void add(NamespacedName owner, RecordBook book, RecordDelta.Change change) {
    String zone = change.key().zone();
    RecordChange message = change.message();
    int bytes = message.getSerializedSize() + ITEM_OVERHEAD;
    Batch batch = filling.computeIfAbsent(zone, Batch::new);
    boolean isFull =
        batch.changes.size() >= limits.recordItems() || batch.bytes + bytes > limits.bytes();
    if (isFull && batch.owners.contains(owner)) {
      return;
    }
    if (isFull && !batch.changes.isEmpty()) {
      send(batch);
      batch = new Batch(zone);
      filling.put(zone, batch);
    }
    if (batch.owners.add(owner)) {
      book.callsUnderWay++;
    }
    batch.changes.add(change);
    batch.messages.add(message);
    batch.bytes += bytes;
  }

  /**
   * Makes the calls.
   *
   * @return the number of the latest
   */
  long flush() {
    filling.values().forEach(this::send);
    filling.clear();
    return outbox.lastCall();
  }

  private void send(Batch batch) {
    long call = outbox.nextCall();
    calls.put(call, batch);
    outbox.add(new NetworkEffect.ApplyRecords(call, batch.zone, batch.messages));
  }

  /** A call was answered; empty: it was none of these. */
  Optional<Batch> ended(long call) {
    return Optional.ofNullable(calls.remove(call));
  }
}
