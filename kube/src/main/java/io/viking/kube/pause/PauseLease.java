package io.viking.kube.pause;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.Selection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the Lease {@code kube-system/viking-pause} says: while it exists and is renewed, Viking's
 * loops hold still, and each says so on the Lease by an annotation {@code pause.viking.io/ROLE}.
 * Whoever may write Leases in kube-system may pause, which is who may disturb the cluster anyway.
 *
 * @param uid of this hold; another hold is another object
 * @param renewal changes with each renewal; its value is never compared with a clock here, since
 *     the holder's clock may be wrong
 * @param lasts without a renewal
 * @param acknowledged roles that hold still
 */
public record PauseLease(
    String uid, String holder, String renewal, Duration lasts, Set<String> acknowledged) {
  public static final String NAMESPACE = "kube-system";
  public static final String NAME = "viking-pause";

  static final Duration LASTS = Duration.ofSeconds(20);
  static final Duration RENEWED_EVERY = Duration.ofSeconds(5);

  private static final String ANNOTATION = "pause.viking.io/";

  /** The API server's MicroTime: six digits, always. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  public PauseLease {
    acknowledged = Set.copyOf(acknowledged);
  }

  /** Of the one Lease, for a cache of Leases. */
  public static Selection selection() {
    return Selection.namespace(NAMESPACE).withFields("metadata.name=" + NAME);
  }

  static PauseLease read(V1Lease lease) {
    Optional<V1LeaseSpec> spec = Optional.ofNullable(lease.getSpec());
    Map<String, String> annotations =
        Optional.ofNullable(lease.getMetadata()).map(V1ObjectMeta::getAnnotations).orElse(Map.of());
    var acknowledged = new HashSet<String>();
    annotations.keySet().stream()
        .filter(key -> key.startsWith(ANNOTATION))
        .forEach(key -> acknowledged.add(key.substring(ANNOTATION.length())));
    return new PauseLease(
        ObjectRef.of(lease).uid(),
        spec.map(V1LeaseSpec::getHolderIdentity).orElse("somebody"),
        spec.map(V1LeaseSpec::getRenewTime).map(OffsetDateTime::toString).orElse(""),
        spec.map(V1LeaseSpec::getLeaseDurationSeconds).map(Duration::ofSeconds).orElse(LASTS),
        acknowledged);
  }

  static V1Lease begun(String holder, Instant now) {
    return new V1Lease()
        .apiVersion("coordination.k8s.io/v1")
        .kind("Lease")
        .metadata(new V1ObjectMeta().name(NAME).namespace(NAMESPACE))
        .spec(
            new V1LeaseSpec()
                .holderIdentity(holder)
                .leaseDurationSeconds((int) LASTS.toSeconds())
                .renewTime(now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)));
  }

  /** A merge patch that hits no other hold. */
  static String renewalPatch(String uid, Instant now) {
    return "{\"metadata\":{\"uid\":\"%s\"},\"spec\":{\"renewTime\":\"%s\"}}"
        .formatted(uid, MICRO_TIME.format(now));
  }

  /** A merge patch that hits no other hold. */
  static String acknowledgement(String uid, String role) {
    return "{\"metadata\":{\"uid\":\"%s\",\"annotations\":{\"%s\":\"paused\"}}}"
        .formatted(uid, ANNOTATION + role);
  }
}
