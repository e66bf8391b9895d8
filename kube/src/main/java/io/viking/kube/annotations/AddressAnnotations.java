package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.bandwidth;
import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** Addresses of the instance, public and private. */
public final class AddressAnnotations {
  private AddressAnnotations() {}

  public static final CloudAnnotation<Boolean> WITH_EIP =
      CloudAnnotation.of(
          PREFIX + "eci-with-eip",
          FLAG,
          CLOUD,
          "true",
          "false",
          "make a public address for the lifetime of the instance");

  public static final CloudAnnotation<String> EIP_INSTANCE_ID =
      CloudAnnotation.of(
          PREFIX + "eci-eip-instanceid",
          id("a public address", "eip"),
          CLOUD,
          "eip-1",
          "",
          "bind a public address that exists");

  public static final CloudAnnotation<Integer> EIP_BANDWIDTH =
      CloudAnnotation.of(
          PREFIX + "eip-bandwidth",
          integer(1, 10_000, "Mbit/s"),
          CLOUD,
          "10",
          "5",
          "bandwidth of the public address");

  public static final CloudAnnotation<String> EIP_ISP =
      CloudAnnotation.of(
          PREFIX + "eip-isp",
          oneOf("BGP", "BGP_PRO"),
          PASSED_ON,
          "BGP_PRO",
          "BGP",
          "line of the public address");

  public static final CloudAnnotation<String> EIP_CHARGE_TYPE =
      CloudAnnotation.of(
          PREFIX + "eip-internet-charge-type",
          oneOf("PayByBandwidth", "PayByTraffic"),
          PASSED_ON,
          "PayByTraffic",
          "",
          "how the public address is billed");

  public static final CloudAnnotation<String> EIP_BANDWIDTH_PACKAGE =
      CloudAnnotation.of(
          PREFIX + "eip-common-bandwidth-package-id",
          id("a bandwidth package", "cbwp"),
          PASSED_ON,
          "cbwp-1",
          "",
          "the bandwidth package that the public address shares");

  public static final CloudAnnotation<String> EIP_POOL =
      CloudAnnotation.of(
          PREFIX + "eip-public-ip-address-pool-id",
          id("a pool of public addresses", "pippool"),
          PASSED_ON,
          "pippool-1",
          "",
          "the pool that the public address is taken from");

  public static final CloudAnnotation<Boolean> IPV6 =
      CloudAnnotation.of(
          PREFIX + "eci-enable-ipv6",
          FLAG,
          CLOUD,
          "true",
          "false",
          "one IPv6 address beside the IPv4 one");

  /** True: one. */
  public static final CloudAnnotation<Boolean> IPV6_COUNT =
      CloudAnnotation.of(
          PREFIX + "eci-ipv6-count",
          oneOf(ImmutableMap.of("0", false, "1", true)),
          CLOUD,
          "1",
          "0",
          "the older way to say `eci-enable-ipv6`, which goes before it");

  public static final CloudAnnotation<Boolean> IPV6_BANDWIDTH_ENABLE =
      CloudAnnotation.of(
          PREFIX + "eci-ipv6-bandwidth-enable",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "whether the IPv6 address reaches the internet");

  public static final CloudAnnotation<Long> IPV6_BANDWIDTH =
      CloudAnnotation.of(
          PREFIX + "eci-ipv6-bandwidth",
          bandwidth(),
          PASSED_ON,
          "100M",
          "",
          "how fast the IPv6 address reaches the internet");

  public static final CloudAnnotation<String> PRIVATE_IP =
      CloudAnnotation.of(
          PREFIX + "eci-private-ip-address",
          matching(
              "an IPv4 address as 192.168.0.10",
              "((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"),
          PASSED_ON,
          "192.168.0.10",
          "any that is free",
          "the private address, which must be free");

  public static final CloudAnnotation<Boolean> FIXED_IP =
      CloudAnnotation.of(
          PREFIX + "eci-fixed-ip",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "keep the private address for the pod's successor of the same name");

  public static final CloudAnnotation<Integer> FIXED_IP_RETAIN_HOURS =
      CloudAnnotation.of(
          PREFIX + "eci-fixed-ip-retain-hour",
          integer(1, 8760, "hours"),
          PASSED_ON,
          "24",
          "48",
          "how long the address is kept while nobody has it");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          WITH_EIP,
          EIP_INSTANCE_ID,
          EIP_BANDWIDTH,
          EIP_ISP,
          EIP_CHARGE_TYPE,
          EIP_BANDWIDTH_PACKAGE,
          EIP_POOL,
          // In this order: where a pod has both, the newer is applied last.
          IPV6_COUNT,
          IPV6,
          IPV6_BANDWIDTH_ENABLE,
          IPV6_BANDWIDTH,
          PRIVATE_IP,
          FIXED_IP,
          FIXED_IP_RETAIN_HOURS);
}
