package io.viking.kube.shards;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.election.ElectionConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Leases of work that is divided one way, and those of the same work divided another way: who
 * holds one of each would work on the same objects. All processes should be told one number of
 * shards; as long as some hold leases of another, the rest does nothing.
 */
public final class ShardLeases {
  /**
   * After so long without a renewal, or twice its own life, a lease is nobody's; by wall clocks,
   * since this is a question about a mistake and not about who leads.
   */
  private static final Duration LONG_DEAD = Duration.ofMinutes(1);

  private final ElectionConfig config;
  private final int shards;
  private final KubeApi api;
  private final InstantSource clock;

  /**
   * @param shards 1: the work is not divided
   */
  public ShardLeases(ElectionConfig config, int shards, KubeApi api, InstantSource clock) {
    this.config = config;
    this.shards = shards;
    this.api = api;
    this.clock = clock;
  }

  /** The Lease of one shard: {@code viking-syncer-3-of-8}. Undivided work has the plain name. */
  public static String name(String lease, int shard, int shards) {
    return shards == 1 ? lease : lease + "-" + shard + "-of-" + shards;
  }

  /**
   * Asks the API server.
   *
   * @throws IllegalStateException somebody holds a lease of the same work divided another way; one
   *     sentence
   */
  public void requireNoOthers() {
    List<V1Lease> leases = api.list(ResourceType.LEASES, ElectionConfig.NAMESPACE, "");
    ofAnotherDivision(leases, clock.instant())
        .ifPresent(
            lease -> {
              throw new IllegalStateException(
                  "\"%s\" holds the lease %s of the same work, divided otherwise than into %d: give all replicas the same --shards"
                      .formatted(holder(lease), nameOf(lease), shards));
            });
  }

  Optional<V1Lease> ofAnotherDivision(List<V1Lease> leases, Instant now) {
    var sameWork = Pattern.compile(Pattern.quote(config.lease()) + "(-\\d+-of-(?<shards>\\d+))?");
    return leases.stream()
        .filter(
            lease -> {
              var match = sameWork.matcher(nameOf(lease));
              return match.matches()
                  && !Optional.ofNullable(match.group("shards"))
                      .orElse("1")
                      .equals(Integer.toString(shards));
            })
        .filter(lease -> !holder(lease).isEmpty() && deadAt(lease).isAfter(now))
        .findFirst();
  }

  private static String nameOf(V1Lease lease) {
    return Optional.ofNullable(lease.getMetadata()).map(V1ObjectMeta::getName).orElse("");
  }

  private static String holder(V1Lease lease) {
    return Optional.ofNullable(lease.getSpec()).map(V1LeaseSpec::getHolderIdentity).orElse("");
  }

  private static Instant deadAt(V1Lease lease) {
    Duration twice =
        Optional.ofNullable(lease.getSpec())
            .map(V1LeaseSpec::getLeaseDurationSeconds)
            .map(seconds -> Duration.ofSeconds(2L * seconds))
            .orElse(LONG_DEAD);
    return renewed(lease).plus(twice.compareTo(LONG_DEAD) > 0 ? twice : LONG_DEAD);
  }

  private static Instant renewed(V1Lease lease) {
    return Optional.ofNullable(lease.getSpec())
        .map(V1LeaseSpec::getRenewTime)
        .map(OffsetDateTime::toInstant)
        .orElse(Instant.EPOCH);
  }
}
