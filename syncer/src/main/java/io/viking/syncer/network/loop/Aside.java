package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.syncer.network.lb.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose declarations count on one load balancer. The cloud takes or refuses all of them together;
 * so those that are new since it took them last are set aside when it refuses: what such an object
 * declared before stays, if it did, and the others go on. Then they are tried one by one, the
 * oldest object first; one that is refused alone is the culprit, and waits long.
 */
final class Aside {
  /** Between two tries grow no more pauses than these. */
  private static final int MOST_SPACINGS = 10;

  private final NetworkConfig config;
  private final Pauses pauses;
  private final Map<Owner, Entry> entries = new TreeMap<>();

  /** As the cloud took them last. */
  private Map<Owner, Declaration> taken = Map.of();

  /** Sent, without an answer: the cloud may have taken it. */
  private final Map<Owner, Declaration> doubted = new HashMap<>();

  /** Who was found on it, by what declaration is not known: an earlier process knew. */
  private Set<Owner> found = Set.of();

  /** Those that count, without the one that is tried. */
  private Map<Owner, Declaration> settled = new LinkedHashMap<>();

  private Map<Owner, Declaration> chosen = Map.of();
  private Map<Owner, Declaration> sent = Map.of();
  private Optional<Entry> tried = Optional.empty();
  private int refusedInARow;
  private Instant triesFrom = Instant.MIN;

  /** One that is set aside. */
  private static final class Entry {
    final Declaration declaration;
    int refusals;
    Instant due;

    /** Why it was refused alone; empty: it was not tried yet. */
    Optional<CloudFailure> failure = Optional.empty();

    /** Those never tried go by the age of their objects, the others by how long they wait. */
    Instant turn() {
      return failure.isPresent() ? due : declaration.meta().createdAt();
    }

    Entry(Declaration declaration, Instant due) {
      this.declaration = declaration;
      this.due = due;
    }
  }

  Aside(NetworkConfig config) {
    this.config = config;
    this.pauses = new Pauses(config);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  boolean has(Owner owner) {
    return entries.containsKey(owner);
  }

  /** Why an object's declaration was refused, when it was tried alone. */
  Optional<CloudFailure> failure(Owner owner) {
    return Optional.ofNullable(entries.get(owner)).flatMap(entry -> entry.failure);
  }

  /**
   * When the next one may be tried; empty: none waits, or one is being tried. It may have passed.
   */
  Optional<Instant> next() {
    return tried.isPresent()
        ? Optional.empty()
        : entries.values().stream()
            .map(entry -> entry.due.isBefore(triesFrom) ? triesFrom : entry.due)
            .min(Comparator.naturalOrder());
  }

  /**
   * Which declarations count now.
   *
   * @param current of those who want the load balancer
   * @param mayTry whether one that is due may be among them: not while the others are refused
   */
  Collection<Declaration> choose(Collection<Declaration> current, boolean mayTry, Instant now) {
    Map<Owner, Declaration> wanting = new LinkedHashMap<>();
    current.forEach(one -> wanting.put(one.owner(), one));
    entries
        .entrySet()
        .removeIf(one -> !one.getValue().declaration.equals(wanting.get(one.getKey())));
    tried = tried.filter(entries.values()::contains);
    Map<Owner, Declaration> counting = new LinkedHashMap<>();
    wanting.forEach(
        (owner, declaration) ->
            Optional.ofNullable(has(owner) ? before(owner) : declaration)
                .ifPresent(one -> counting.put(owner, one)));
    settled.keySet().removeAll(entries.keySet());
    if (!counting.entrySet().containsAll(settled.entrySet())) {
      roomMade(now);
    }
    settled = counting;
    if (tried.isEmpty() && (mayTry || settled.isEmpty())) {
      tried = due(now);
    }
    chosen = new LinkedHashMap<>(settled);
    tried.ifPresent(entry -> chosen.put(entry.declaration.owner(), entry.declaration));
    return List.copyOf(chosen.values());
  }

  private @Nullable Declaration before(Owner owner) {
    Declaration known = taken.get(owner);
    return known == null ? doubted.get(owner) : known;
  }

  /** What all of them depend on is another: whoever was refused may be right now. */
  void retry(Instant now) {
    entries.values().forEach(entry -> entry.due = now);
    triesFrom = Instant.MIN;
  }

  /** Whose declaration is tried now. */
  Optional<Owner> tried() {
    return tried.map(entry -> entry.declaration.owner());
  }

  /** Somebody left, or asks for something else: what was too much may not be any more. */
  private void roomMade(Instant now) {
    for (Entry entry : entries.values()) {
      if (entry.failure.map(CloudFailure::reason).orElse(null)
          == ErrorReason.ERROR_REASON_QUOTA_EXCEEDED) {
        entry.due = now;
        triesFrom = now;
      }
    }
  }

  private Optional<Entry> due(Instant now) {
    if (triesFrom.isAfter(now)) {
      return Optional.empty();
    }
    return entries.values().stream()
        .filter(entry -> !entry.due.isAfter(now))
        .min(
            Comparator.<Entry, Boolean>comparing(entry -> entry.failure.isPresent())
                .thenComparing(Entry::turn)
                .thenComparing(entry -> entry.declaration.owner()));
  }

  /** A list has these on it. */
  void found(Set<Owner> owners) {
    found = owners;
  }

  /** Those that count now are sent. */
  void sending() {
    sent = chosen;
  }

  /** Nobody said whether the cloud took what was sent. */
  void sentInDoubt() {
    doubted.putAll(sent);
  }

  /** The cloud took what was sent. */
  void sentTaken() {
    take(sent);
  }

  /** The cloud has what follows from those that count now. */
  void chosenTaken() {
    take(chosen);
  }

  private void take(Map<Owner, Declaration> declarations) {
    taken = declarations;
    doubted.clear();
    found = Set.of();
    tried
        .filter(entry -> declarations.containsValue(entry.declaration))
        .ifPresent(
            entry -> {
              entries.values().remove(entry);
              tried = Optional.empty();
              refusedInARow = 0;
              triesFrom = Instant.MIN;
            });
  }

  /**
   * The cloud refused what was sent.
   *
   * @return whether it goes on without somebody; if not, the refusal is everybody's
   */
  boolean refused(CloudFailure failure, Instant now) {
    List<Declaration> suspects = sent.values().stream().filter(this::isSuspect).toList();
    boolean isAlone = sent.size() == 1 && !taken.containsKey(sent.keySet().iterator().next());
    if (suspects.isEmpty() || isOfTheWhole(failure) || (isAlone && entries.isEmpty())) {
      return false;
    }
    tried = Optional.empty();
    doubted.values().removeAll(suspects);
    if (suspects.size() > 1) {
      suspects.forEach(one -> suspect(entry(one, now), now));
      return true;
    }
    Declaration culprit = suspects.getFirst();
    Entry entry = entry(culprit, now);
    entry.failure = Optional.of(failure);
    entry.due = due(entry, failure, now);
    entry.refusals++;
    refusedInARow = Math.min(refusedInARow + 1, MOST_SPACINGS);
    triesFrom = now.plus(config.spacing().multipliedBy(refusedInARow));
    return true;
  }

  /** One of several: if it is known to be refused alone, it waits as if it had been. */
  private void suspect(Entry entry, Instant now) {
    entry.due = entry.failure.map(why -> due(entry, why, now)).orElse(now);
  }

  private Instant due(Entry entry, CloudFailure why, Instant now) {
    return now.plus(pauses.after(why, entry.refusals, entry.declaration.owner().toString()));
  }

  private Entry entry(Declaration declaration, Instant now) {
    return entries.computeIfAbsent(declaration.owner(), _ -> new Entry(declaration, now));
  }

  /** One that could be left out without taking anything from its object. */
  private boolean isSuspect(Declaration declaration) {
    Declaration before = taken.get(declaration.owner());
    return before == null
        ? has(declaration.owner()) || !found.contains(declaration.owner())
        : !before.equals(declaration);
  }

  /** Whether no declaration can be the reason. */
  private static boolean isOfTheWhole(CloudFailure failure) {
    return failure.reason() == ErrorReason.ERROR_REASON_ACCOUNT
        || failure.reason() == ErrorReason.ERROR_REASON_NOT_FOUND;
  }
}
