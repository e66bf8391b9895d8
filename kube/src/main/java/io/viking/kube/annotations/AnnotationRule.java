package io.viking.kube.annotations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A rule over several annotations: each is well formed by itself, and together they make no sense.
 *
 * @param text for people: one sentence
 * @param check gives what to say of a pod that breaks it, from its values and all its annotations
 */
public record AnnotationRule(
    String text,
    BiFunction<AnnotationValues, Map<String, String>, Optional<CloudAnnotation.Malformed>> check) {

  /** All of them. */
  public static final List<AnnotationRule> ALL =
      List.of(
          new AnnotationRule(
              "`eci-spot-strategy: SpotWithPriceLimit` needs `eci-spot-price-limit`.",
              AnnotationRule::priceLimit),
          new AnnotationRule(
              "`eci-eip-instanceid` and `eci-with-eip: \"true\"` exclude each other: an instance has one public address.",
              AnnotationRule::onePublicAddress),
          new AnnotationRule(
              "`eci-privatepool-matchcriteria: Target` needs `eci-privatepool-id`.",
              AnnotationRule::targetPool),
          needs(ImageAnnotations.DATA_CACHE_LEVEL, ImageAnnotations.DATA_CACHE_BUCKET),
          needs(ImageAnnotations.DATA_CACHE_IOPS, ImageAnnotations.DATA_CACHE_BUCKET),
          needs(ImageAnnotations.DATA_CACHE_BURSTING, ImageAnnotations.DATA_CACHE_BUCKET),
          needs(AddressAnnotations.FIXED_IP_RETAIN_HOURS, AddressAnnotations.FIXED_IP),
          needs(AddressAnnotations.IPV6_BANDWIDTH, AddressAnnotations.IPV6_BANDWIDTH_ENABLE));

  private static AnnotationRule needs(CloudAnnotation<?> one, CloudAnnotation<?> other) {
    String otherName = CloudAnnotations.shortName(other.key());
    return new AnnotationRule(
        "`%s` needs `%s`.".formatted(CloudAnnotations.shortName(one.key()), otherName),
        (values, annotations) ->
            values.get(one).isPresent() && values.get(other).isEmpty()
                ? Optional.of(
                    one.malformed(
                        annotations, "absent where there is no %s: set both".formatted(otherName)))
                : Optional.empty());
  }

  private static Optional<CloudAnnotation.Malformed> priceLimit(
      AnnotationValues values, Map<String, String> annotations) {
    boolean isLimited =
        values.get(SpotAnnotations.STRATEGY).orElse(SpotStrategy.NO_SPOT)
            == SpotStrategy.WITH_PRICE_LIMIT;
    var limit = SpotAnnotations.PRICE_LIMIT;
    return isLimited && values.get(limit).isEmpty()
        ? Optional.of(
            limit.malformed(
                annotations,
                limit.type().form() + ", since eci-spot-strategy is SpotWithPriceLimit"))
        : Optional.empty();
  }

  private static Optional<CloudAnnotation.Malformed> onePublicAddress(
      AnnotationValues values, Map<String, String> annotations) {
    return values.get(AddressAnnotations.WITH_EIP).orElse(false)
            && values.get(AddressAnnotations.EIP_INSTANCE_ID).isPresent()
        ? Optional.of(
            AddressAnnotations.EIP_INSTANCE_ID.malformed(
                annotations,
                "absent where eci-with-eip is true: an instance has one public address"))
        : Optional.empty();
  }

  private static Optional<CloudAnnotation.Malformed> targetPool(
      AnnotationValues values, Map<String, String> annotations) {
    var id = PurchaseAnnotations.PRIVATE_POOL_ID;
    return values.get(PurchaseAnnotations.PRIVATE_POOL_CRITERIA).equals(Optional.of("Target"))
            && values.get(id).isEmpty()
        ? Optional.of(
            id.malformed(
                annotations, id.type().form() + ", since eci-privatepool-matchcriteria is Target"))
        : Optional.empty();
  }
}
