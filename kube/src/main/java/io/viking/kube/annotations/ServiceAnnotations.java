package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.SWITCH;
import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationTypes.pairs;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.AnnotationUse.SYNCER;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/** Which load balancer a Service has, and what it is like as a whole. */
public final class ServiceAnnotations {
  /** The prefix of the keys; without it, they are said and listed. */
  public static final String PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";

  /** The prefix that they had before; read when the present one is absent. */
  public static final String OLD_PREFIX = "service.beta.kubernetes.io/alicloud-loadbalancer-";

  private ServiceAnnotations() {}

  public static final CloudAnnotation<String> ID =
      of(
          "id",
          matching("the id of a load balancer (lb-…)", "(lb|nlb)-[A-Za-z0-9][A-Za-z0-9-]*"),
          CLOUD,
          "lb-1",
          "one is made",
          "use this load balancer, which is never deleted");

  public static final CloudAnnotation<Boolean> FORCE_OVERRIDE =
      of(
          "force-override-listeners",
          FLAG,
          CLOUD,
          "true",
          "false",
          "on a load balancer named by `id`: foreign listeners on the Service's ports may be replaced");

  /** True: in the user's network only. */
  public static final CloudAnnotation<Boolean> ADDRESS_TYPE =
      of(
          "address-type",
          oneOf(ImmutableMap.of("internet", false, "intranet", true)),
          CLOUD,
          "intranet",
          "internet",
          "where the address is reached; on a ClusterIP Service, `intranet` asks for a load balancer");

  public static final CloudAnnotation<String> NETWORK_TYPE =
      passedOn("network-type", oneOf("vpc", "classic"), "vpc", "the cloud's", "kind of network");

  public static final CloudAnnotation<List<String>> VSWITCH =
      of(
          "vswitch-id",
          listOf(id("a vSwitch", "vsw"), 10),
          CLOUD,
          "vsw-1",
          "the cloud's choice",
          "the vSwitch of an intranet address");

  public static final CloudAnnotation<String> SPEC =
      of(
          "spec",
          matching("the name of a size as slb.s1.small", "slb(\\.[a-z0-9]+)+"),
          CLOUD,
          "slb.s2.medium",
          "slb.s1.small",
          "size");

  public static final CloudAnnotation<String> INSTANCE_CHARGE_TYPE =
      passedOn(
          "instance-charge-type",
          oneOf("PayBySpec", "PayByCLCU"),
          "PayByCLCU",
          "the cloud's",
          "how it is billed");

  public static final CloudAnnotation<String> CHARGE_TYPE =
      passedOn(
          "charge-type",
          oneOf("paybytraffic", "paybybandwidth"),
          "paybybandwidth",
          "paybytraffic",
          "how its traffic is billed");

  public static final CloudAnnotation<Integer> BANDWIDTH =
      of("bandwidth", integer(1, 10_000, "Mbit/s"), CLOUD, "100", "the cloud's", "bandwidth");

  public static final CloudAnnotation<Map<String, String>> TAGS =
      of(
          "additional-resource-tags",
          pairs(20, '=', "key=value", "[^=,\\s][^=,]*", "[^=,]*"),
          CLOUD,
          "team=shop,env=test",
          "",
          "tags on it in the cloud");

  public static final CloudAnnotation<String> MASTER_ZONE =
      passedOn("master-zoneid", zone(), "cn-hangzhou-h", "the cloud's choice", "its first zone");

  public static final CloudAnnotation<String> SLAVE_ZONE =
      passedOn("slave-zoneid", zone(), "cn-hangzhou-i", "the cloud's choice", "its second zone");

  public static final CloudAnnotation<String> NAME =
      of(
          "name",
          matching(
              "2 to 80 letters, digits and ./_- from a letter on", "[A-Za-z][A-Za-z0-9./_-]{1,79}"),
          CLOUD,
          "shop",
          "`namespace/name` of the Service",
          "its name in the cloud's console");

  public static final CloudAnnotation<String> RESOURCE_GROUP =
      passedOn("resource-group-id", id("a resource group", "rg"), "rg-1", "", "its resource group");

  public static final CloudAnnotation<String> IP_VERSION =
      of("ip-version", oneOf("ipv4", "ipv6"), CLOUD, "ipv6", "ipv4", "kind of its address");

  public static final CloudAnnotation<Boolean> DELETE_PROTECTION =
      of("delete-protection", SWITCH, CLOUD, "off", "on", "guard it against deletion by hand");

  public static final CloudAnnotation<Boolean> MODIFICATION_PROTECTION =
      of(
          "modification-protection",
          oneOf(ImmutableMap.of("ConsoleProtection", true, "NonProtection", false)),
          CLOUD,
          "NonProtection",
          "ConsoleProtection",
          "guard it against changes by hand");

  public static final CloudAnnotation<String> ZONE_MAPS =
      passedOn(
          "zone-maps",
          matching(
              "zone:vSwitch pairs, separated by commas",
              "[a-z0-9-]+:vsw-[A-Za-z0-9-]+(,[a-z0-9-]+:vsw-[A-Za-z0-9-]+)*"),
          "cn-hangzhou-h:vsw-1,cn-hangzhou-i:vsw-2",
          "",
          "zones of a network load balancer (class `alibabacloud.com/nlb`)");

  /** Whether a Service has records. */
  public static final CloudAnnotation<Boolean> PRIVATE_ZONE =
      new CloudAnnotation<>(
          "service.beta.kubernetes.io/alibaba-cloud-private-zone-enable",
          List.of(),
          FLAG,
          SYNCER,
          "false",
          "true",
          "keep the Service's DNS records");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          ID,
          FORCE_OVERRIDE,
          ADDRESS_TYPE,
          NETWORK_TYPE,
          VSWITCH,
          SPEC,
          INSTANCE_CHARGE_TYPE,
          CHARGE_TYPE,
          BANDWIDTH,
          TAGS,
          MASTER_ZONE,
          SLAVE_ZONE,
          NAME,
          RESOURCE_GROUP,
          IP_VERSION,
          DELETE_PROTECTION,
          MODIFICATION_PROTECTION,
          ZONE_MAPS,
          PRIVATE_ZONE);

  private static AnnotationType<String> zone() {
    return matching("the id of a zone as cn-hangzhou-h", "[a-z]+(-[a-z0-9]+)+");
  }

  static <T> CloudAnnotation<T> of(
      String suffix,
      AnnotationType<T> type,
      AnnotationUse use,
      String example,
      String defaultValue,
      String meaning) {
    return CloudAnnotation.of(PREFIX + suffix, type, use, example, defaultValue, meaning)
        .formerly(OLD_PREFIX + suffix);
  }

  static <T> CloudAnnotation<T> passedOn(
      String suffix, AnnotationType<T> type, String example, String defaultValue, String meaning) {
    return of(suffix, type, PASSED_ON, example, defaultValue, meaning);
  }
}
