package io.viking.kube.shards;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.election.ElectionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The Leases of work that is divided one way, and those of the same work divided another way: who
 * holds one of each would work on the same objects. All processes should be told one number of
 * shards; as long as some hold leases of another, the rest does nothing.
 *
 * <p>A lease that was seen unchanged for twice its life is nobody's: its holder has stopped within
 * one. That is counted by the clock of this process alone. What a Lease says of the time is its
 * holder's opinion: one whose clock is behind would be taken for dead while it works, and one whose
 * clock was ahead would be waited for until that time has come.
 *
 * <p>For any thread.
 */
public final class ShardLeases {
  private final ElectionConfig config;
  private final int shards;
  private final KubeApi api;
  private final LongSupplier nanoTime;
  private final Pattern sameWork;

  /** Of each held lease of another division, by its name. */
  private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

  private volatile Optional<String> others = Optional.empty();

  /**
   * A lease that has not changed since.
   *
   * @param since when it was first seen so, in nanoseconds of the process's clock
   */
  private record Sighting(V1LeaseSpec lease, long since) {}

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
  }

  /** The Lease of one shard: {@code viking-syncer-3-of-8}. Undivided work has the plain name. */
  public static String name(String lease, int shard, int shards) {
    return shards == 1 ? lease : lease + "-" + shard + "-of-" + shards;
  }

  /**
   * Asks the API server. Whoever asks again and again learns within two lives that a holder is
   * dead; the first answer is always that it may live.
   *
   * @throws IllegalStateException somebody holds a lease of the same work divided another way; one
   *     sentence
   */
  public void requireNoOthers() {
    long asked = nanoTime.getAsLong();
    List<V1Lease> present = api.list(ResourceType.LEASES, ElectionConfig.NAMESPACE, "");
    long answered = nanoTime.getAsLong();
    // All of them are looked at, not up to the first that lives: each is counted from its sight.
    List<V1Lease> alive =
        present.stream()
            .filter(lease -> isOfAnotherDivision(nameOf(lease)) && !holder(lease).isEmpty())
            .filter(lease -> asked - unchangedSince(lease, answered) < twiceItsLife(lease))
            .toList();
    others = alive.stream().map(ShardLeases::holder).findFirst();
    if (!alive.isEmpty()) {
      throw new IllegalStateException(
          "\"%s\" holds the lease %s of the same work, divided otherwise than into %d: give all replicas the same --shards"
              .formatted(holder(alive.getFirst()), nameOf(alive.getFirst()), shards));
    }
  }

  /** Who held such a lease when that was last asked. */
  public Optional<String> others() {
    return others;
  }

  private boolean isOfAnotherDivision(String name) {
    var match = sameWork.matcher(name);
    return match.matches()
        && !Optional.ofNullable(match.group("shards")).orElse("1").equals(Integer.toString(shards));
  }

  private long unchangedSince(V1Lease lease, long now) {
    V1LeaseSpec spec = specOf(lease);
    return sightings
        .compute(
            nameOf(lease),
            (_, before) ->
                before != null && before.lease().equals(spec) ? before : new Sighting(spec, now))
        .since();
  }

  /** In nanoseconds. */
  private long twiceItsLife(V1Lease lease) {
    return Optional.ofNullable(specOf(lease).getLeaseDurationSeconds())
        .map(Duration::ofSeconds)
        .orElse(config.life())
        .multipliedBy(2)
        .toNanos();
  }

  private static String nameOf(V1Lease lease) {
    return Optional.ofNullable(lease.getMetadata()).map(V1ObjectMeta::getName).orElse("");
  }

  private static String holder(V1Lease lease) {
    return Optional.ofNullable(specOf(lease).getHolderIdentity()).orElse("");
  }

  private static V1LeaseSpec specOf(V1Lease lease) {
    return Optional.ofNullable(lease.getSpec()).orElseGet(V1LeaseSpec::new);
  }
}
