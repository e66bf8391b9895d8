package io.viking.kube.shards;

import static java.util.stream.Collectors.toMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.LeaseRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Leases of work that is divided one way, and those of the same work divided another way: who
 * holds one of each would work on the same objects. All processes should be told one number of
 * shards; as long as some hold leases of another, the rest does nothing.
 *
 * <p>A lease that was seen unchanged for twice its life is nobody's: its holder has stopped within
 * one. That is counted by the clock of this process alone. What a Lease says of the time is its
 * holder's opinion: one whose clock is behind would be taken for dead while it works, and one whose
 * clock was ahead would be waited for until that time has come. A Lease that is deleted counts as
 * held as long as if it were still there. One that is dead is released in its holder's name, so
 * that the next process does not wait for it.
 *
 * <p>For any thread.
 */
public final class ShardLeases {
  private static final Logger log = LoggerFactory.getLogger(ShardLeases.class);

  private final ElectionConfig config;
  private final int shards;
  private final KubeApi api;
  private final LongSupplier nanoTime;
  private final Pattern sameWork;

  /** By name, of another division: as each was seen last, unless it was released. */
  @GuardedBy("this")
  private final SortedMap<String, Sighting> sightings = new TreeMap<>();

  private volatile Answer last;

  /**
   * A lease that has not changed since.
   *
   * @param since when it was first seen so, in nanoseconds of the process's clock
   * @param renewed it was seen to be, so that its holder lived
   */
  private record Sighting(LeaseRecord lease, long since, boolean renewed) {}

  /** Who held a lease of another division, when that was asked, and whether one was renewed. */
  private record Answer(Optional<String> others, boolean renewed, long at) {}

  /**
   * @param shards 1: the work is not divided
   * @param nanoTime a monotonic clock in nanoseconds: {@code System::nanoTime}
   */
  public ShardLeases(ElectionConfig config, int shards, KubeApi api, LongSupplier nanoTime) {
    this.config = config;
    this.shards = shards;
    this.api = api;
    this.nanoTime = nanoTime;
    this.sameWork = Pattern.compile(Pattern.quote(config.lease()) + "(-\\d+-of-(?<shards>\\d+))?");
    this.last = new Answer(Optional.empty(), false, nanoTime.getAsLong());
  }

  /** The Lease of one shard: {@code viking-syncer-3-of-8}. Undivided work has the plain name. */
  public static String name(String lease, int shard, int shards) {
    return shards == 1 ? lease : lease + "-" + shard + "-of-" + shards;
  }

  /**
   * Asks the API server. The first answer about a holder is always that it may live: that it is
   * dead is known no sooner than two lives after its last renewal was first seen, and only to who
   * asks again.
   *
   * @throws IllegalStateException somebody holds a lease of the same work divided another way; one
   *     sentence
   */
  public void requireNoOthers() {
    long asked = nanoTime.getAsLong();
    Map<String, LeaseRecord> present =
        api.list(ResourceType.LEASES, ElectionConfig.NAMESPACE, "").stream()
            .map(lease -> LeaseRecord.of(lease, config.life()))
            .filter(lease -> isOfAnotherDivision(nameOf(lease)))
            .collect(toMap(ShardLeases::nameOf, lease -> lease));
    long answered = nanoTime.getAsLong();
    present.values().forEach(lease -> see(lease, answered));
    Predicate<Sighting> isDead =
        one -> asked - one.since() >= one.lease().lasts().multipliedBy(2).toNanos();
    for (Sighting dead : sighted(isDead)) {
      Optional.ofNullable(present.get(nameOf(dead.lease())))
          .ifPresentOrElse(lease -> bury(lease, answered), () -> forget(dead.lease()));
    }
    List<Sighting> alive = sighted(isDead.negate());
    Optional<LeaseRecord> living = alive.stream().map(Sighting::lease).findFirst();
    last =
        new Answer(
            living.map(LeaseRecord::holder), alive.stream().anyMatch(Sighting::renewed), answered);
    if (living.isPresent()) {
      throw new IllegalStateException(
          "\"%s\" holds the lease %s of the same work, divided otherwise than into %d, and is waited for: give all replicas the same --shards"
              .formatted(living.get().holder(), nameOf(living.get()), shards));
    }
  }

  /**
   * Who held such a lease when that was last asked; empty if that was long ago, so that nobody
   * relies on one who may be gone.
   */
  public Optional<String> others() {
    Answer answer = last;
    long age = nanoTime.getAsLong() - answer.at();
    return age < 2 * config.life().toNanos() ? answer.others() : Optional.empty();
  }

  /** Whether one of those was seen to renew it, and is not only a name that was left behind. */
  boolean othersRenew() {
    return last.renewed();
  }

  private boolean isOfAnotherDivision(String name) {
    var match = sameWork.matcher(name);
    return match.matches()
        && !Optional.ofNullable(match.group("shards")).orElse("1").equals(Integer.toString(shards));
  }

  private synchronized void see(LeaseRecord lease, long now) {
    Sighting before = sightings.get(nameOf(lease));
    if (lease.isReleased()) {
      forget(lease);
    } else if (before == null || !lease.isUnchanged(before.lease())) {
      sightings.put(nameOf(lease), new Sighting(lease, now, before != null));
    }
  }

  private synchronized void forget(LeaseRecord lease) {
    sightings.remove(nameOf(lease));
  }

  private synchronized List<Sighting> sighted(Predicate<Sighting> which) {
    return sightings.values().stream().filter(which).toList();
  }

  private synchronized void doubt(LeaseRecord lease, long now) {
    sightings.put(nameOf(lease), new Sighting(lease, now, true));
  }

  /** As it was listed: if somebody has written it since, this is refused, and it may live. */
  private void bury(LeaseRecord dead, long now) {
    try {
      // Its last time stays, but for what tells this write from the one before.
      api.replace(ResourceType.LEASES, dead.heldBy("", dead.lasts(), Instant.EPOCH));
      forget(dead);
      log.info("lease {}: \"{}\" is dead and is waited for no more", nameOf(dead), dead.holder());
    } catch (KubeApiException refused) {
      if (refused.isConflict()) {
        doubt(dead, now);
      }
      log.debug("lease {}: not released for the dead: {}", nameOf(dead), refused.getMessage());
    }
  }

  private static String nameOf(LeaseRecord lease) {
    return String.valueOf(lease.metadata().getName());
  }
}
