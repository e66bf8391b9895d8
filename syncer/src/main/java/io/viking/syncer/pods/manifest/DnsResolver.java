package io.viking.syncer.pods.manifest;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** dnsPolicy and dnsConfig → nameservers, searches and options, as a resolv.conf has them. */
final class DnsResolver {
  private static final int NAMESERVERS = 3;

  private DnsResolver() {}

  /**
   * Makes the DNS of a pod's spec concrete, in place.
   *
   * @param warnings takes what is left out because a resolver would not look at it
   */
  static void resolve(
      JsonObject spec, String namespace, ManifestConfig.Dns dns, List<Warning> warnings) {
    Set<String> nameservers = new LinkedHashSet<>();
    Set<String> searches = new LinkedHashSet<>();
    Map<String, String> options = new LinkedHashMap<>();
    String policy = Json.string(spec, "dnsPolicy");
    boolean none = policy.equals("None");
    // On a node's own network ClusterFirst means the node's resolver.
    boolean ofHost =
        policy.equals("Default")
            || Json.flag(spec, "hostNetwork") && !policy.equals("ClusterFirstWithHostNet");
    boolean cluster =
        !none && !ofHost && (dns.poolKnowsCluster() || !dns.clusterNameservers().isEmpty());
    if (cluster) {
      nameservers.addAll(dns.clusterNameservers());
      searches.addAll(
          List.of(
              namespace + ".svc." + dns.clusterDomain(),
              "svc." + dns.clusterDomain(),
              dns.clusterDomain()));
      options.put("ndots", "5");
    } else if (!none) {
      nameservers.addAll(dns.poolNameservers());
    }
    JsonObject own = Json.object(spec, "dnsConfig").orElseGet(JsonObject::new);
    nameservers.addAll(Json.strings(own, "nameservers"));
    searches.addAll(Json.strings(own, "searches"));
    Json.objects(own, "options")
        .forEach(option -> options.put(Json.string(option, "name"), Json.string(option, "value")));

    JsonObject config = new JsonObject();
    addUnlessEmpty(config, "nameservers", Json.array(fitting(nameservers, warnings)));
    addUnlessEmpty(config, "searches", Json.array(searches));
    addUnlessEmpty(config, "options", options(options));
    spec.remove("dnsConfig");
    if (!config.isEmpty()) {
      spec.add("dnsConfig", config);
    }
    // Without a nameserver of ours the instance's own resolver is what remains.
    spec.addProperty("dnsPolicy", nameservers.isEmpty() ? "Default" : "None");
  }

  /** A resolver reads three nameservers and no more. */
  private static List<String> fitting(Set<String> nameservers, List<Warning> warnings) {
    List<String> applied = nameservers.stream().limit(NAMESERVERS).toList();
    if (applied.size() < nameservers.size()) {
      warnings.add(
          new Warning(
              "DNSConfigForming",
              "Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: "
                  + String.join(" ", applied)));
    }
    return applied;
  }

  private static JsonArray options(Map<String, String> options) {
    JsonArray array = new JsonArray();
    options.forEach(
        (name, value) -> {
          JsonObject option = new JsonObject();
          option.addProperty("name", name);
          Json.put(option, "value", value);
          array.add(option);
        });
    return array;
  }

  private static void addUnlessEmpty(JsonObject object, String field, JsonArray array) {
    if (!array.isEmpty()) {
      object.add(field, array);
    }
  }
}
