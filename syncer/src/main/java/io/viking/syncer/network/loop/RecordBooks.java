package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Record;
import io.viking.syncer.network.dns.DnsRecord;
import io.viking.syncer.network.dns.RecordDelta;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.NamespacedName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The records of all Services: what is due is gathered over Services into calls as large as the
 * adapter takes, one at a time for each Service and zone.
 */
final class RecordBooks {
  private static final ErrorReason UNANSWERED = ErrorReason.ERROR_REASON_INTERNAL;

  private final Outbox outbox;
  private final NetworkConfig config;
  private final NetworkLimits limits;
  private final NetworkObserver observer;
  private final Pauses pauses;
  private final Zones zones;
  private final RecordBatches batches;
  private final RecordWishes wishes;
  private final Consumer<Notice> notices;
  private final Map<NamespacedName, RecordBook> books = new LinkedHashMap<>();
  private final Agenda<NamespacedName> agenda;

  RecordBooks(
      RecordWishes wishes,
      Outbox outbox,
      NetworkConfig config,
      NetworkLimits limits,
      NetworkObserver observer,
      Consumer<Notice> notices) {
    this.wishes = wishes;
    this.outbox = outbox;
    this.config = config;
    this.limits = limits;
    this.observer = observer;
    this.pauses = new Pauses(config);
    this.zones = new Zones(config, outbox, pauses);
    this.batches = new RecordBatches(outbox, limits);
    this.agenda = new Agenda<>(outbox);
    this.notices = notices;
  }

  int pending() {
    return agenda.size();
  }

  int size() {
    return books.size();
  }

  /** Whether it is known what the cloud has. */
  boolean isKnown() {
    return zones.areKnown();
  }

  /** Records of a Service may have to be others. */
  void changed(NamespacedName service, boolean byEndpoints) {
    RecordBook book = book(service);
    if (byEndpoints && book.changedAt.isEmpty()) {
      book.changedAt = Optional.of(outbox.now());
    }
    agenda.soon(service, config.gather());
  }

  /** A Service of which the deletion was not seen: its records stay until it was looked for. */
  void suspect(NamespacedName service) {
    Optional.ofNullable(books.get(service)).ifPresent(book -> book.wasWanted = false);
  }

  /** Looks at all zones again. */
  void resync() {
    zones.openAll();
  }

  /** Does what is due. */
  void act() {
    if (!isKnown()) {
      zones.openUnknown();
      return;
    }
    if (!books.containsKey(RecordWishes.SCHEMA)) {
      agenda.put(RecordWishes.SCHEMA, outbox.now());
    }
    long before = outbox.lastCall();
    List<NamespacedName> acted = new ArrayList<>();
    agenda.work(
        name -> isBusy(name),
        name -> {
          RecordBook book = book(name);
          act(name, book);
          if (book.callsUnderWay > 0) {
            acted.add(name);
          }
        });
    long last = batches.flush();
    if (last > before) {
      acted.forEach(name -> book(name).lastCall = last);
    }
  }

  private boolean isBusy(NamespacedName name) {
    RecordBook book = books.get(name);
    return book != null && book.callsUnderWay > 0;
  }

  private void act(NamespacedName name, RecordBook book) {
    Instant now = outbox.now();
    Instant from = outbox.closedUntil(CallKind.RECORDS).orElse(book.notBefore);
    if (from.isAfter(now)) {
      agenda.put(name, from);
      return;
    }
    if (!mayAct(name, book)) {
      if (book.known.isEmpty()) {
        books.remove(name);
      }
      return;
    }
    Map<DnsRecord.Key, Integer> desired = wishes.of(name);
    book.refused
        .keySet()
        .removeIf(key -> !desired.containsKey(key) && !book.known.containsKey(key));
    List<RecordDelta.Change> changes = new ArrayList<>();
    Instant again = Instant.MAX;
    for (RecordDelta.Change change : RecordDelta.between(book.known, desired)) {
      Instant refusedUntil = book.refused.getOrDefault(change.key(), Instant.MIN);
      if (refusedUntil.isAfter(now)) {
        again = refusedUntil.isBefore(again) ? refusedUntil : again;
      } else if (zones.isThere(change.key().zone())) {
        changes.add(change);
      } else {
        zones.open(change.key().zone(), true);
        again = now.plus(config.spacing());
      }
    }
    if (!again.equals(Instant.MAX)) {
      agenda.put(name, again);
    }
    if (changes.isEmpty()) {
      settled(name, book, desired, again);
    } else if (changes.size() < limits.recordItems() && book.nextPartial.isAfter(now)) {
      agenda.put(name, book.nextPartial);
    } else {
      book.nextPartial = now.plus(config.spacing());
      changes.forEach(change -> batches.add(name, book, change));
      // What had no room comes after the answer.
      agenda.put(name, now);
    }
  }

  private void settled(
      NamespacedName name, RecordBook book, Map<DnsRecord.Key, Integer> desired, Instant again) {
    if (again.equals(Instant.MAX)) {
      book.failures = 0;
      book.changedAt.ifPresent(at -> observer.propagated(Duration.between(at, outbox.now())));
      book.changedAt = Optional.empty();
      if (desired.isEmpty() && book.known.isEmpty() && !wishes.isThere(name)) {
        books.remove(name);
      }
    }
  }

  /** Of what was never wanted here, Orphans decide whether it goes. */
  private boolean mayAct(NamespacedName name, RecordBook book) {
    if (wishes.isThere(name)) {
      book.wasWanted = true;
      book.mayGo = false;
      return true;
    }
    return book.wasWanted || book.mayGo;
  }

  private RecordBook book(NamespacedName name) {
    return books.computeIfAbsent(name, _ -> new RecordBook());
  }

  boolean answered(long call, List<Optional<CloudFailure>> failures) {
    Optional<RecordBatches.Batch> answered = batches.ended(call);
    if (answered.isEmpty()) {
      return false;
    }
    RecordBatches.Batch batch = answered.get();
    ended(batch);
    Set<NamespacedName> refused = new LinkedHashSet<>();
    Set<NamespacedName> throttled = new LinkedHashSet<>();
    Set<NamespacedName> served = new HashSet<>();
    for (int i = 0; i < batch.changes().size(); i++) {
      RecordDelta.Change change = batch.changes().get(i);
      NamespacedName owner = wishes.owner(change.key());
      RecordBook book = book(owner);
      Optional<CloudFailure> failure =
          i < failures.size()
              ? failures.get(i)
              : Optional.of(CloudFailure.of(UNANSWERED, "no answer"));
      if (failure.isEmpty()) {
        served.add(owner);
        book.refused.remove(change.key());
        if (change.removes()) {
          book.known.remove(change.key());
        } else {
          book.known.put(change.key(), change.ttl());
        }
      } else {
        refused(owner, book, change.key(), failure.get());
        boolean isRate = failure.get().reason() == ErrorReason.ERROR_REASON_THROTTLED;
        (isRate ? throttled : refused).add(owner);
      }
    }
    // Where the cloud takes some and has had enough for now, it is the rate that counts.
    throttled.removeAll(served);
    refused.addAll(throttled);
    refused.forEach(owner -> book(owner).failures++);
    return true;
  }

  private void refused(
      NamespacedName owner, RecordBook book, DnsRecord.Key key, CloudFailure failure) {
    outbox.heard(CallKind.RECORDS, failure);
    observer.retry(failure.reason());
    Duration pause = pauses.after(failure, book.failures, owner.toString());
    book.refused.put(key, outbox.now().plus(pause));
    if (Pauses.needsHuman(failure) && book.failures == 0) {
      notices.accept(
          Notice.warning(
              Owner.service(owner),
              "DnsRecordFailed",
              "record %s.%s: %s".formatted(key.name(), key.zone(), failure.message())));
    }
  }

  boolean failed(long call, CloudFailure failure) {
    Optional<String> opened = zones.failed(call, failure);
    if (opened.isPresent()) {
      if (failure.reason() == ErrorReason.ERROR_REASON_NOT_FOUND) {
        absent(opened.get());
      }
      return true;
    }
    Optional<RecordBatches.Batch> failed = batches.ended(call);
    if (failed.isEmpty()) {
      return false;
    }
    RecordBatches.Batch batch = failed.get();
    ended(batch);
    outbox.heard(CallKind.RECORDS, failure);
    observer.retry(failure.reason());
    if (failure.reason() == ErrorReason.ERROR_REASON_NOT_FOUND) {
      absent(batch.zone());
      return true;
    }
    boolean isDoubtful =
        failure.reason() != ErrorReason.ERROR_REASON_THROTTLED
            && failure.reason() != ErrorReason.ERROR_REASON_BUSY;
    if (isDoubtful) {
      batch
          .changes()
          .forEach(
              change ->
                  book(wishes.owner(change.key())).known.put(change.key(), RecordDelta.UNKNOWN));
    }
    for (NamespacedName owner : batch.owners()) {
      RecordBook book = book(owner);
      book.notBefore = outbox.now().plus(pauses.after(failure, book.failures++, owner.toString()));
    }
    return true;
  }

  /** A zone is not there, or was deleted behind our back: it is made again, and filled. */
  private void absent(String zone) {
    zones.absent(zone);
    books.forEach(
        (name, book) -> {
          if (book.known.keySet().removeIf(key -> key.zone().equals(zone))) {
            agenda.put(name, outbox.now());
          }
        });
  }

  private void ended(RecordBatches.Batch batch) {
    for (NamespacedName owner : batch.owners()) {
      RecordBook book = book(owner);
      book.callsUnderWay--;
      agenda.put(owner, outbox.now());
    }
  }

  /** All that is ours in a zone, at some moment since the call. */
  boolean listed(long call, List<Record> records) {
    Optional<String> opened = zones.opened(call);
    if (opened.isEmpty()) {
      return false;
    }
    String name = opened.get();
    Map<NamespacedName, Map<DnsRecord.Key, Integer>> byOwner = new LinkedHashMap<>();
    for (Record record : records) {
      DnsRecord listed = DnsRecord.listed(name, record);
      byOwner
          .computeIfAbsent(wishes.owner(listed.key()), _ -> new LinkedHashMap<>())
          .put(listed.key(), listed.ttl());
    }
    Set<NamespacedName> all = new LinkedHashSet<>(books.keySet());
    all.addAll(byOwner.keySet());
    for (NamespacedName owner : all) {
      RecordBook book = book(owner);
      if (book.callsUnderWay == 0 && book.lastCall < call) {
        book.known.keySet().removeIf(key -> key.zone().equals(name));
        book.known.putAll(byOwner.getOrDefault(owner, Map.of()));
        agenda.put(owner, outbox.now());
      }
    }
    return true;
  }

  /** Services that are not known, and of which there are records. */
  Set<NamespacedName> suspects() {
    Set<NamespacedName> suspects = new LinkedHashSet<>();
    books.forEach(
        (name, book) -> {
          if (!book.known.isEmpty() && !book.wasWanted && !book.mayGo && !wishes.isThere(name)) {
            suspects.add(name);
          }
        });
    return suspects;
  }

  /** The Service is gone: its records may go. */
  void approve(NamespacedName service) {
    if (!wishes.isThere(service)) {
      book(service).mayGo = true;
      agenda.put(service, outbox.now());
    }
  }
}
