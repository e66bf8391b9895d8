package io.viking.syncer.pods.annotations;

import com.google.protobuf.Duration;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Purchase;
import io.viking.kube.annotations.AddressAnnotations;
import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.ImageAnnotations;
import io.viking.kube.annotations.NetworkAnnotations;
import io.viking.kube.annotations.PlacementAnnotations;
import io.viking.kube.annotations.PurchaseAnnotations;
import io.viking.kube.annotations.SpotAnnotations;
import io.viking.kube.annotations.SpotStrategy;
import io.viking.kube.annotations.StorageAnnotations;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which fields of the contract's InstanceSpec annotations fill. Pure. */
public final class InstanceFields {
  private static final Map<CloudAnnotation<?>, Field<?>> FIELDS = fields();

  private InstanceFields() {}

  /** How a value goes into the spec. */
  private interface Field<T> {
    void fill(T value, InstanceSpec.Builder spec, String currency);
  }

  /** Whether an annotation has a field of its own; the others go along as extensions. */
  public static boolean has(CloudAnnotation<?> annotation) {
    return FIELDS.containsKey(annotation);
  }

  /**
   * @param currency ISO 4217, of the prices in the catalog
   */
  public static void fill(AnnotationValues values, InstanceSpec.Builder spec, String currency) {
    values.given().forEach(annotation -> fill(annotation, values, spec, currency));
  }

  @SuppressWarnings("unchecked") // Put in under a key of the same T, by Table alone.
  private static <T> void fill(
      CloudAnnotation<T> annotation,
      AnnotationValues values,
      InstanceSpec.Builder spec,
      String currency) {
    Field<T> field = (Field<T>) FIELDS.get(annotation);
    if (field != null) {
      values.get(annotation).ifPresent(value -> field.fill(value, spec, currency));
    }
  }

  private static final class Table {
    private final Map<CloudAnnotation<?>, Field<?>> fields = new LinkedHashMap<>();

    <T> void put(CloudAnnotation<T> annotation, Field<T> field) {
      fields.put(annotation, field);
    }
  }

  private static Map<CloudAnnotation<?>, Field<?>> fields() {
    Table table = new Table();
    table.put(
        PlacementAnnotations.USE_SPECS,
        (List<String> types, InstanceSpec.Builder spec, String _) ->
            spec.addAllInstanceTypes(types));
    table.put(
        StorageAnnotations.EXTRA_EPHEMERAL_STORAGE,
        (gib, spec, _) -> spec.setExtraEphemeralStorageGib(gib));
    table.put(PurchaseAnnotations.CUSTOM_TAGS, (tags, spec, _) -> spec.putAllTags(tags));
    table.put(
        ImageAnnotations.AUTO_CACHE,
        (wanted, spec, _) -> spec.getImageCacheBuilder().setAutoMatch(wanted));
    table.put(
        ImageAnnotations.CACHE_ID, (id, spec, _) -> spec.getImageCacheBuilder().setCacheId(id));
    purchase(table);
    network(table);
    return Map.copyOf(table.fields);
  }

  private static void purchase(Table table) {
    table.put(
        SpotAnnotations.STRATEGY,
        (strategy, spec, _) -> spec.getPurchaseBuilder().setKind(kind(strategy)));
    table.put(
        SpotAnnotations.PRICE_LIMIT,
        (perHour, spec, currency) ->
            spec.getPurchaseBuilder().setSpotLimit(price(perHour, currency)));
    table.put(
        SpotAnnotations.DURATION,
        (hours, spec, _) ->
            spec.getPurchaseBuilder()
                .setSpotProtection(Duration.newBuilder().setSeconds(hours * 3600L)));
    table.put(
        SpotAnnotations.FALLBACK,
        (fallback, spec, _) -> spec.getPurchaseBuilder().setSpotFallback(fallback));
    table.put(
        PurchaseAnnotations.PRIVATE_POOL_ID,
        (id, spec, _) -> spec.getPurchaseBuilder().setReservationId(id));
  }

  private static void network(Table table) {
    table.put(
        NetworkAnnotations.SECURITY_GROUP,
        (List<String> groups, InstanceSpec.Builder spec, String _) ->
            spec.getNetworkBuilder().addAllSecurityGroups(groups));
    table.put(
        AddressAnnotations.WITH_EIP,
        (wanted, spec, _) -> spec.getNetworkBuilder().setPublicAddress(wanted));
    table.put(
        AddressAnnotations.EIP_INSTANCE_ID,
        (id, spec, _) -> spec.getNetworkBuilder().setPublicAddressId(id));
    table.put(
        AddressAnnotations.EIP_BANDWIDTH,
        (mbps, spec, _) -> spec.getNetworkBuilder().setPublicBandwidthMbps(mbps));
    table.put(
        NetworkAnnotations.INGRESS_BANDWIDTH,
        (bps, spec, _) -> spec.getNetworkBuilder().setIngressBandwidthBps(bps));
    table.put(
        NetworkAnnotations.EGRESS_BANDWIDTH,
        (bps, spec, _) -> spec.getNetworkBuilder().setEgressBandwidthBps(bps));
    table.put(
        AddressAnnotations.IPV6_COUNT,
        (wanted, spec, _) -> spec.getNetworkBuilder().setIpv6(wanted));
    table.put(
        AddressAnnotations.IPV6, (wanted, spec, _) -> spec.getNetworkBuilder().setIpv6(wanted));
    table.put(
        PurchaseAnnotations.RAM_ROLE, (role, spec, _) -> spec.getNetworkBuilder().setRamRole(role));
  }

  private static Purchase.Kind kind(SpotStrategy strategy) {
    return switch (strategy) {
      case NO_SPOT -> Purchase.Kind.ON_DEMAND;
      case AS_PRICE_GO -> Purchase.Kind.SPOT_AS_PRICE_GO;
      case WITH_PRICE_LIMIT -> Purchase.Kind.SPOT_WITH_PRICE_LIMIT;
    };
  }

  private static Price price(BigDecimal perHour, String currency) {
    return Price.newBuilder()
        .setCurrency(currency)
        .setNanosPerSecond(SpotAnnotations.nanosPerSecond(perHour))
        .build();
  }
}
