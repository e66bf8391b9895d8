package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.bandwidth;
import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.json;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;

/** The instance's network beside its addresses. */
public final class NetworkAnnotations {
  private static final Set<String> DNS_FIELDS = Set.of("nameservers", "searches", "options");

  private NetworkAnnotations() {}

  public static final CloudAnnotation<List<String>> SECURITY_GROUP =
      CloudAnnotation.of(
          PREFIX + "eci-security-group",
          listOf(id("a security group", "sg"), 5),
          CLOUD,
          "sg-1,sg-2",
          "the profile's `securitygroup`, else the account's",
          "security groups of the instance");

  public static final CloudAnnotation<Long> INGRESS_BANDWIDTH =
      CloudAnnotation.of(
          CloudAnnotations.KUBERNETES_PREFIX + "ingress-bandwidth",
          bandwidth(),
          CLOUD,
          "40M",
          "not bounded",
          "bound of what comes in, bits per second");

  public static final CloudAnnotation<Long> EGRESS_BANDWIDTH =
      CloudAnnotation.of(
          CloudAnnotations.KUBERNETES_PREFIX + "egress-bandwidth",
          bandwidth(),
          CLOUD,
          "20M",
          "not bounded",
          "bound of what goes out, bits per second");

  public static final CloudAnnotation<String> CUSTOM_HOSTS =
      CloudAnnotation.of(
          PREFIX + "eci-custom-hosts",
          json(
              "a JSON list as [{\"host\": \"db\", \"ip\": \"10.0.0.1\"}]",
              NetworkAnnotations::areHosts),
          PASSED_ON,
          "[{\"host\":\"db\",\"ip\":\"10.0.0.1\"}]",
          "",
          "more lines of /etc/hosts");

  public static final CloudAnnotation<String> CUSTOM_DNS =
      CloudAnnotation.of(
          PREFIX + "eci-custom-dnsconfig",
          json(
              "a JSON object of nameservers, searches and options, each a list",
              NetworkAnnotations::isDnsConfig),
          PASSED_ON,
          "{\"nameservers\":[\"10.0.0.2\"]}",
          "",
          "how names are resolved");

  public static final CloudAnnotation<List<String>> NTP_SERVER =
      CloudAnnotation.of(
          PREFIX + "eci-ntp-server",
          listOf(
              matching("the address of a server", "[0-9A-Fa-f:.]{2,45}|[a-z0-9][a-z0-9.-]*"), 10),
          PASSED_ON,
          "10.10.5.1",
          "",
          "servers that the clock is set by");

  public static final CloudAnnotation<Boolean> KUBE_PROXY =
      CloudAnnotation.of(
          PREFIX + "eci-kube-proxy-enabled",
          FLAG,
          PASSED_ON,
          "true",
          "the profile's `kube-proxy`",
          "reach Services by their ClusterIP");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          SECURITY_GROUP,
          INGRESS_BANDWIDTH,
          EGRESS_BANDWIDTH,
          CUSTOM_HOSTS,
          CUSTOM_DNS,
          NTP_SERVER,
          KUBE_PROXY);

  private static boolean areHosts(String text) {
    for (JsonElement entry : JsonParser.parseString(text).getAsJsonArray()) {
      var host = entry.getAsJsonObject();
      if (!host.keySet().equals(Set.of("host", "ip"))
          || host.get("host").getAsString().isBlank()
          || host.get("ip").getAsString().isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDnsConfig(String text) {
    var config = JsonParser.parseString(text).getAsJsonObject();
    return !config.isEmpty()
        && DNS_FIELDS.containsAll(config.keySet())
        && config.asMap().values().stream().allMatch(JsonElement::isJsonArray);
  }
}
