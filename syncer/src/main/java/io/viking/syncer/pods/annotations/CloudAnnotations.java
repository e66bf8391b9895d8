package io.viking.syncer.pods.annotations;

import static io.viking.syncer.pods.annotations.AnnotationTypes.FLAG;
import static io.viking.syncer.pods.annotations.AnnotationTypes.TEXT;
import static io.viking.syncer.pods.annotations.AnnotationTypes.bandwidth;
import static io.viking.syncer.pods.annotations.AnnotationTypes.gibibytes;
import static io.viking.syncer.pods.annotations.AnnotationTypes.instanceType;
import static io.viking.syncer.pods.annotations.AnnotationTypes.integer;
import static io.viking.syncer.pods.annotations.AnnotationTypes.listOf;
import static io.viking.syncer.pods.annotations.AnnotationTypes.matching;
import static io.viking.syncer.pods.annotations.AnnotationTypes.oneOf;
import static io.viking.syncer.pods.annotations.AnnotationTypes.pricePerHour;
import static io.viking.syncer.pods.annotations.AnnotationTypes.tags;
import static io.viking.syncer.pods.annotations.PodAnnotation.onSpec;
import static io.viking.syncer.pods.annotations.PodAnnotation.onSyncer;
import static io.viking.syncer.pods.annotations.PodAnnotation.passedOn;

import com.google.protobuf.Duration;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Purchase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The registry: every annotation of the cloud that is known here. Read when the pod is created; a
 * later change has no effect.
 */
public final class CloudAnnotations {
  /** The prefix that keys below belong to, known or not. */
  public static final String PREFIX = "k8s.aliyun.com/";

  /** Written back by a platform of this cloud; never input. */
  static final Set<String> WRITTEN_BACK =
      Set.of(
          PREFIX + "eci-request-id",
          PREFIX + "eci-instance-id",
          PREFIX + "eci-instance-spec",
          PREFIX + "eci-instance-compute-category",
          PREFIX + "allocated-eipInstanceId",
          PREFIX + "allocated-eipAddress",
          PREFIX + "allocated-ipv6Address",
          PREFIX + "eci-created-by-template",
          PREFIX + "eni-instance-id",
          PREFIX + "eci-vpc",
          PREFIX + "eci-matched-image-cache",
          PREFIX + "eci-schedule-result");

  private static final BigDecimal NANOS_PER_HOUR_UNIT = BigDecimal.ONE.movePointRight(9);
  private static final BigDecimal SECONDS_PER_HOUR = new BigDecimal(3600);

  // What to buy.
  public static final PodAnnotation<List<String>> USE_SPECS =
      onSpec(
          PREFIX + "eci-use-specs",
          listOf(instanceType(), 10),
          "the smallest shape that holds the pod's requests",
          "instance types, tried in this order until one has stock",
          (types, spec, currency) -> spec.addAllInstanceTypes(types));

  public static final PodAnnotation<List<String>> VSWITCH =
      onSyncer(
          PREFIX + "eci-vswitch",
          listOf(matching("the id of a vSwitch (vsw-…)", "vsw-[A-Za-z0-9-]+"), 10),
          "any vSwitch of the pod's zones",
          "vSwitches in the order of preference; each lies in one zone");

  public static final PodAnnotation<Purchase.Kind> SPOT_STRATEGY =
      onSpec(
          PREFIX + "eci-spot-strategy",
          oneOf(
              Map.of(
                  "NoSpot", Purchase.Kind.ON_DEMAND,
                  "SpotAsPriceGo", Purchase.Kind.SPOT_AS_PRICE_GO,
                  "SpotWithPriceLimit", Purchase.Kind.SPOT_WITH_PRICE_LIMIT)),
          "NoSpot",
          "buy as spot: at the market price, or up to a limit",
          (kind, spec, currency) -> spec.getPurchaseBuilder().setKind(kind));

  public static final PodAnnotation<BigDecimal> SPOT_PRICE_LIMIT =
      onSpec(
          PREFIX + "eci-spot-price-limit",
          pricePerHour(),
          "",
          "the highest market price that is paid; with SpotWithPriceLimit, and required there",
          (perHour, spec, currency) ->
              spec.getPurchaseBuilder()
                  .setSpotLimit(
                      Price.newBuilder()
                          .setCurrency(currency)
                          .setNanosPerSecond(
                              perHour
                                  .multiply(NANOS_PER_HOUR_UNIT)
                                  .divide(SECONDS_PER_HOUR, RoundingMode.FLOOR)
                                  .longValue())));

  public static final PodAnnotation<Integer> SPOT_DURATION =
      onSpec(
          PREFIX + "eci-spot-duration",
          integer(0, 1, "hours"),
          "1",
          "how long a spot instance is safe from reclaim",
          (hours, spec, currency) ->
              spec.getPurchaseBuilder()
                  .setSpotProtection(Duration.newBuilder().setSeconds(hours * 3600L)));

  public static final PodAnnotation<Boolean> SPOT_FALLBACK =
      onSpec(
          PREFIX + "eci-spot-fallback",
          FLAG,
          "false",
          "without spot stock, buy on demand",
          (fallback, spec, currency) -> spec.getPurchaseBuilder().setSpotFallback(fallback));

  public static final PodAnnotation<String> RESERVATION =
      onSpec(
          PREFIX + "eci-privatepool-id",
          matching("the id of a reservation (eap-…)", "eap-[A-Za-z0-9-]+"),
          "",
          "the reservation to buy from",
          (id, spec, currency) -> spec.getPurchaseBuilder().setReservationId(id));

  public static final PodAnnotation<Integer> EXTRA_EPHEMERAL_STORAGE =
      onSpec(
          PREFIX + "eci-extra-ephemeral-storage",
          gibibytes(5000),
          "0Gi",
          "temporary storage beyond what comes free",
          (gib, spec, currency) -> spec.setExtraEphemeralStorageGib(gib));

  public static final PodAnnotation<Map<String, String>> CUSTOM_TAGS =
      onSpec(
          PREFIX + "eci-custom-tags",
          tags(3),
          "",
          "tags on the instance in the cloud",
          (tags, spec, currency) -> spec.putAllTags(tags));

  // Network.
  public static final PodAnnotation<List<String>> SECURITY_GROUP =
      onSpec(
          PREFIX + "eci-security-group",
          listOf(matching("the id of a security group (sg-…)", "sg-[A-Za-z0-9-]+"), 5),
          "the account's default",
          "security groups of the instance",
          (groups, spec, currency) -> spec.getNetworkBuilder().addAllSecurityGroups(groups));

  public static final PodAnnotation<Boolean> WITH_EIP =
      onSpec(
          PREFIX + "eci-with-eip",
          FLAG,
          "false",
          "make a public address for the lifetime of the instance",
          (wanted, spec, currency) -> spec.getNetworkBuilder().setPublicAddress(wanted));

  public static final PodAnnotation<String> EIP_INSTANCE_ID =
      onSpec(
          PREFIX + "eci-eip-instanceid",
          matching("the id of a public address (eip-…)", "eip-[A-Za-z0-9-]+"),
          "",
          "a public address that exists; not together with eci-with-eip",
          (id, spec, currency) -> spec.getNetworkBuilder().setPublicAddressId(id));

  public static final PodAnnotation<Integer> EIP_BANDWIDTH =
      onSpec(
          PREFIX + "eip-bandwidth",
          integer(1, 10_000, "Mbit/s"),
          "5",
          "bandwidth of the public address",
          (mbps, spec, currency) -> spec.getNetworkBuilder().setPublicBandwidthMbps(mbps));

  public static final PodAnnotation<Long> INGRESS_BANDWIDTH =
      onSpec(
          "kubernetes.io/ingress-bandwidth",
          bandwidth(),
          "not bounded",
          "bound of what comes in",
          (bps, spec, currency) -> spec.getNetworkBuilder().setIngressBandwidthBps(bps));

  public static final PodAnnotation<Long> EGRESS_BANDWIDTH =
      onSpec(
          "kubernetes.io/egress-bandwidth",
          bandwidth(),
          "not bounded",
          "bound of what goes out",
          (bps, spec, currency) -> spec.getNetworkBuilder().setEgressBandwidthBps(bps));

  public static final PodAnnotation<Boolean> ENABLE_IPV6 =
      onSpec(
          PREFIX + "eci-enable-ipv6",
          FLAG,
          "false",
          "one IPv6 address beside the IPv4 one",
          (wanted, spec, currency) -> spec.getNetworkBuilder().setIpv6(wanted));

  public static final PodAnnotation<String> RAM_ROLE =
      onSpec(
          PREFIX + "eci-ram-role-name",
          matching("the name of a role: letters, digits, . and -", "[A-Za-z0-9.-]{1,64}"),
          "",
          "the role whose credentials the instance's metadata service hands out",
          (role, spec, currency) -> spec.getNetworkBuilder().setRamRole(role));

  // Images.
  public static final PodAnnotation<Boolean> AUTO_IMAGE_CACHE =
      onSpec(
              PREFIX + "eci-auto-imc",
              FLAG,
              "false",
              "use a matching image cache, and make one where there is none",
              (PodAnnotation.Effect.OnSpec<Boolean>)
                  (wanted, spec, currency) -> spec.getImageCacheBuilder().setAutoMatch(wanted))
          .formerly(PREFIX + "eci-image-cache");

  public static final PodAnnotation<String> IMAGE_CACHE_ID =
      onSpec(
              PREFIX + "eci-imc-id",
              matching("the id of an image cache (imc-…)", "imc-[A-Za-z0-9-]+"),
              "",
              "use exactly this image cache",
              (PodAnnotation.Effect.OnSpec<String>)
                  (id, spec, currency) -> spec.getImageCacheBuilder().setCacheId(id))
          .formerly(PREFIX + "eci-image-snapshot-id");

  // When it cannot be made.
  public static final PodAnnotation<FailStrategy> FAIL_STRATEGY =
      onSyncer(
          PREFIX + "eci-fail-strategy",
          oneOf(
              Map.of(
                  "fail-back", FailStrategy.FAIL_BACK,
                  "fail-over", FailStrategy.FAIL_BACK,
                  "fail-fast", FailStrategy.FAIL_FAST)),
          "fail-back",
          "stay Pending and try again, or fail the pod at once");

  public static final PodAnnotation<Integer> MAX_PENDING_MINUTES =
      onSyncer(
          PREFIX + "eci-max-pending-minute",
          integer(10, 1440, "minutes"),
          "240",
          "fail the pod when it is Pending for longer");

  /** All of them, in the order of the reference page. */
  public static final List<PodAnnotation<?>> ALL =
      List.of(
          USE_SPECS,
          VSWITCH,
          passedOn(
              PREFIX + "eci-schedule-strategy",
              oneOf("VSwitchOrdered", "VSwitchRandom"),
              "VSwitchRandom",
              "how a zone is chosen among several vSwitches"),
          SPOT_STRATEGY,
          SPOT_PRICE_LIMIT,
          SPOT_DURATION,
          SPOT_FALLBACK,
          passedOn(
              PREFIX + "eci-spot-release-strategy",
              oneOf("api-evict"),
              "",
              "go through the Eviction API on reclaim"),
          RESERVATION,
          passedOn(
              PREFIX + "eci-privatepool-matchcriteria",
              oneOf("Open", "Target"),
              "",
              "which reservations may be used"),
          EXTRA_EPHEMERAL_STORAGE,
          CUSTOM_TAGS,
          SECURITY_GROUP,
          WITH_EIP,
          EIP_INSTANCE_ID,
          EIP_BANDWIDTH,
          passedOn(
              PREFIX + "eip-isp", oneOf("BGP", "BGP_PRO"), "BGP", "line of the public address"),
          passedOn(
              PREFIX + "eip-internet-charge-type",
              oneOf("PayByBandwidth", "PayByTraffic"),
              "",
              "how the public address is billed"),
          INGRESS_BANDWIDTH,
          EGRESS_BANDWIDTH,
          ENABLE_IPV6,
          RAM_ROLE,
          passedOn(
              PREFIX + "eci-resource-group-id",
              matching("the id of a resource group (rg-…)", "rg-[A-Za-z0-9-]+"),
              "the cluster's",
              "resource group of the instance"),
          AUTO_IMAGE_CACHE,
          IMAGE_CACHE_ID,
          passedOn(
              PREFIX + "image-accelerate-mode",
              oneOf("nydus", "dadi", "p2p", "imc"),
              "",
              "load the image lazily"),
          passedOn(
              PREFIX + "eci-instance-family", TEXT, "", "families to take, or with - to avoid"),
          FAIL_STRATEGY,
          MAX_PENDING_MINUTES);

  private CloudAnnotations() {}
}
