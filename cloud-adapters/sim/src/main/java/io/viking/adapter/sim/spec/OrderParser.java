package io.viking.adapter.sim.spec;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.ZoneProfile;
import io.viking.adapter.sim.state.Order;
import io.viking.adapter.sim.state.RestartPolicy;
import io.viking.adapter.sim.state.ZoneOrder;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Purchase;
import io.viking.cloud.v1.ZoneCandidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Understands an InstanceSpec, or says why it never can be honoured. Immutable; any thread.
 *
 * <p>Credentials are not taken over: the simulated cloud pulls no images, and what it does not keep
 * cannot leak.
 */
public final class OrderParser {
  /** Volume sources that the simulated cloud accepts, as in core/v1. */
  public static final List<String> VOLUME_SOURCES = List.of("emptyDir", "nfs", "csi", "flexVolume");

  /** Of PersistentVolumes that it accepts. Like the others they are accepted, and not mounted. */
  public static final List<String> PERSISTENT_VOLUME_SOURCES =
      List.of("csi", "nfs", "local", "flexVolume");

  /** What stands in a volume beside its source. */
  private static final Set<String> NOT_SOURCES = Set.of("name", "mountOptions");

  /** App and init containers of one instance. */
  public static final int MOST_CONTAINERS = ContainerOrders.MOST_CONTAINERS;

  private static final long DEFAULT_GRACE_MILLIS = 30_000;
  private static final long DEFAULT_PROTECTION_MILLIS = 3_600_000;

  private final SimProfile profile;
  private final TypeChoice types;
  private final Map<String, ZoneProfile> zones = new HashMap<>();

  public OrderParser(SimProfile profile) {
    this.profile = profile;
    this.types = new TypeChoice(profile);
    profile.zones().forEach(zone -> zones.put(zone.id(), zone));
  }

  /** What became of a spec. */
  public sealed interface Parsed {
    /**
     * @param contents by hash, what the order refers to; may be secret
     */
    record Understood(Order order, Map<ByteString, ByteString> contents) implements Parsed {}

    /** INVALID_SPEC or UNSUPPORTED, with the field. */
    record Rejected(CloudFailure failure) implements Parsed {}
  }

  public Parsed parse(InstanceSpec spec) {
    try {
      return understood(spec);
    } catch (SpecRejected e) {
      return new Parsed.Rejected(e.failure());
    }
  }

  private Parsed understood(InstanceSpec spec) throws SpecRejected {
    if (spec.getUid().isEmpty()) {
      throw SpecRejected.invalid("uid", "", "is empty: give the pod's UID");
    }
    if (spec.getAttempt() < 1) {
      throw SpecRejected.invalid(
          "attempt", Integer.toString(spec.getAttempt()), "is below 1: attempts count from 1");
    }
    Json manifest = Json.parse(spec.getPodManifest().toStringUtf8());
    Json metadata = manifest.child("metadata");
    Json pod = manifest.child("spec");
    checkVolumes(pod);
    RestartPolicy policy = restartPolicy(pod);
    ContainerOrders containers =
        ContainerOrders.of(pod, metadata.child("annotations").textMap(), policy, profile);
    Order.Builder order =
        Order.newBuilder()
            .setUid(spec.getUid())
            .setAttempt(spec.getAttempt())
            .setNamespace(metadata.text("namespace").orElse("default"))
            .setName(metadata.text("name").orElse(""))
            .setRestartPolicy(policy)
            .addAllContainers(containers.orders())
            .addAllTypes(types.choose(spec.getInstanceTypesList(), containers.need()))
            .setStopMillis(
                containers.annotations().stopMillis().orElse(profile.containers().stopMillis()))
            .setGraceMillis(
                pod.seconds("terminationGracePeriodSeconds").orElse(DEFAULT_GRACE_MILLIS))
            .setPublicAddress(spec.getNetwork().getPublicAddress())
            .putAllTags(spec.getTagsMap());
    FileOrders files = new FileOrders();
    order.setFiles(files.add(spec.getFilesList()));
    order.setInside(files.add(Insides.of(pod).toByteString()));
    addZones(spec.getZonesList(), order);
    addPurchase(spec.getPurchase(), order);
    return new Parsed.Understood(order.build(), files.contents());
  }

  private static RestartPolicy restartPolicy(Json pod) throws SpecRejected {
    String policy = pod.text("restartPolicy").orElse("Always");
    return switch (policy) {
      case "Always" -> RestartPolicy.ALWAYS;
      case "OnFailure" -> RestartPolicy.ON_FAILURE;
      case "Never" -> RestartPolicy.NEVER;
      default ->
          throw SpecRejected.invalid(
              "spec.restartPolicy", policy, "is not one of Always, OnFailure, Never");
    };
  }

  private static void checkVolumes(Json pod) throws SpecRejected {
    for (Json volume : pod.children("volumes")) {
      for (String source : volume.object().keySet()) {
        if (!NOT_SOURCES.contains(source)
            && !VOLUME_SOURCES.contains(source)
            && !PERSISTENT_VOLUME_SOURCES.contains(source)) {
          throw SpecRejected.unsupported(
              volume.at(source),
              "is a kind of volume that the simulated cloud does not have: use one of "
                  + VOLUME_SOURCES
                  + ", or a PersistentVolume of one of "
                  + PERSISTENT_VOLUME_SOURCES);
        }
      }
    }
  }

  private void addZones(List<ZoneCandidate> candidates, Order.Builder order) throws SpecRejected {
    if (candidates.isEmpty()) {
      throw SpecRejected.invalid("zones", "[]", "is empty: name at least one of " + ids());
    }
    for (ZoneCandidate candidate : candidates) {
      ZoneProfile zone = zones.get(candidate.getZone());
      if (zone == null) {
        throw SpecRejected.invalid(
            "zones", candidate.getZone(), "is not a zone of this cloud: it has " + ids());
      }
      Set<String> own = Set.copyOf(zone.vswitches().stream().map(v -> v.id()).toList());
      for (String vswitch : candidate.getVswitchesList()) {
        if (!own.contains(vswitch)) {
          throw SpecRejected.invalid(
              "zones[" + zone.id() + "].vswitches",
              vswitch,
              "is not a vSwitch of that zone: it has " + own);
        }
      }
      order.addZones(
          ZoneOrder.newBuilder().setZone(zone.id()).addAllVswitches(candidate.getVswitchesList()));
    }
  }

  private void addPurchase(Purchase purchase, Order.Builder order) throws SpecRejected {
    switch (purchase.getKind()) {
      case KIND_UNSPECIFIED, ON_DEMAND, UNRECOGNIZED -> {
        return;
      }
      case SPOT_AS_PRICE_GO -> order.setSpotLimitNanos(-1);
      case SPOT_WITH_PRICE_LIMIT -> {
        Price limit = purchase.getSpotLimit();
        if (limit.getNanosPerSecond() <= 0) {
          throw SpecRejected.invalid(
              "purchase.spot_limit", Long.toString(limit.getNanosPerSecond()), "is not a price");
        }
        if (!limit.getCurrency().isEmpty() && !limit.getCurrency().equals(profile.currency())) {
          throw SpecRejected.invalid(
              "purchase.spot_limit.currency",
              limit.getCurrency(),
              "is not this cloud's: it sells for " + profile.currency());
        }
        order.setSpotLimitNanos(limit.getNanosPerSecond());
      }
    }
    if (!profile.spot().enabled()) {
      throw SpecRejected.unsupported("purchase.kind", "cannot be spot: this cloud sells none");
    }
    order
        .setSpot(true)
        .setSpotFallback(purchase.getSpotFallback())
        .setSpotProtectionMillis(
            purchase.hasSpotProtection()
                ? Math.max(0, purchase.getSpotProtection().getSeconds()) * 1000
                : DEFAULT_PROTECTION_MILLIS);
  }

  private List<String> ids() {
    return profile.zones().stream().map(ZoneProfile::id).toList();
  }
}
