package io.viking.kube.election;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a Lease says.
 *
 * @param metadata as it came: a write hands it back, so that others' annotations stay and a stale
 *     resource version is refused
 * @param holder "" if it was released
 * @param lasts without a renewal
 * @param renewal changes with each; never compared with a clock, since the holder's may be wrong
 * @param acquired when the holder took it, by the holder's clock; for people
 * @param transitions how often it changed hands
 */
public record LeaseRecord(
    V1ObjectMeta metadata,
    String holder,
    Duration lasts,
    Optional<OffsetDateTime> renewal,
    Optional<OffsetDateTime> acquired,
    int transitions) {

  /** Who asks the holder to hand it over; a write that gives it to another takes this off. */
  static final String ASKED_BY = "viking.io/asked-by";

  /**
   * @param usual if it does not say how long it lasts
   */
  public static LeaseRecord of(V1Lease lease, Duration usual) {
    Optional<V1LeaseSpec> spec = Optional.ofNullable(lease.getSpec());
    return new LeaseRecord(
        Optional.ofNullable(lease.getMetadata()).orElseGet(V1ObjectMeta::new),
        spec.map(V1LeaseSpec::getHolderIdentity).orElse(""),
        spec.map(V1LeaseSpec::getLeaseDurationSeconds).map(Duration::ofSeconds).orElse(usual),
        spec.map(V1LeaseSpec::getRenewTime),
        spec.map(V1LeaseSpec::getAcquireTime),
        spec.map(V1LeaseSpec::getLeaseTransitions).orElse(0));
  }

  /** Before there is one. */
  static LeaseRecord absent(String name, Duration usual) {
    return new LeaseRecord(
        new V1ObjectMeta().namespace(ElectionConfig.NAMESPACE).name(name),
        "",
        usual,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  Optional<String> askedBy() {
    return Optional.ofNullable(metadata.getAnnotations())
        .map(annotations -> annotations.get(ASKED_BY));
  }

  /** Whether nobody holds it. */
  public boolean isReleased() {
    return holder.isEmpty();
  }

  /** Whether the same holder has not said anything since. */
  public boolean isUnchanged(LeaseRecord before) {
    return holder.equals(before.holder)
        && renewal.equals(before.renewal)
        && transitions == before.transitions
        && String.valueOf(metadata.getUid()).equals(String.valueOf(before.metadata.getUid()));
  }

  /**
   * As it is to be when it is held by {@code newHolder}; "" releases it.
   *
   * @param now for people; if this clock was set back, what is written still differs from before
   */
  public V1Lease heldBy(String newHolder, Duration life, Instant now) {
    OffsetDateTime present = now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    OffsetDateTime time =
        renewal
            .map(last -> last.plus(1, ChronoUnit.MICROS))
            .filter(least -> least.isAfter(present))
            .orElse(present);
    boolean same = newHolder.equals(holder);
    if (!same && askedBy().isPresent()) {
      Map<String, String> others = new HashMap<>(metadata.getAnnotations());
      others.remove(ASKED_BY);
      metadata.setAnnotations(others);
    }
    return new V1Lease()
        .apiVersion("coordination.k8s.io/v1")
        .kind("Lease")
        .metadata(metadata)
        .spec(
            new V1LeaseSpec()
                .holderIdentity(newHolder)
                .leaseDurationSeconds((int) life.toSeconds())
                .acquireTime(same ? acquired.orElse(time) : time)
                .renewTime(time)
                .leaseTransitions(same || newHolder.isEmpty() ? transitions : transitions + 1));
  }
}
