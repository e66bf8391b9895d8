package io.viking.syncer.network.ingress;

import com.google.gson.JsonObject;
import io.viking.cloud.v1.Protocol;
import io.viking.syncer.network.service.ModelReading;
import io.viking.syncer.pods.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an AlbConfig says of its load balancer.
 *
 * @param isThere false: nobody has made it, and nothing is said
 * @param id of one that exists in the cloud; empty: one is made
 * @param attributes settings that the cloud's adapter gets as they are written
 */
public record AlbConfig(
    String name,
    boolean isThere,
    String id,
    boolean overrides,
    String title,
    boolean isIntranet,
    List<String> vswitches,
    boolean isProtected,
    Map<String, String> attributes,
    List<Listen> listeners) {

  /**
   * A listener that it declares.
   *
   * @param certificates ids in the cloud
   */
  public record Listen(
      int port, Protocol protocol, List<String> certificates, Map<String, String> attributes) {
    public Listen {
      certificates = List.copyOf(certificates);
      attributes = Map.copyOf(attributes);
    }
  }

  /** The name of the one that Ingresses have that name none. */
  public static final String DEFAULT = "default";

  public AlbConfig {
    vswitches = List.copyOf(vswitches);
    attributes = Map.copyOf(attributes);
    listeners = List.copyOf(listeners);
  }

  /** One of which nothing is said. */
  public static AlbConfig unsaid(String name) {
    return new AlbConfig(name, false, "", false, "", false, List.of(), true, Map.of(), List.of());
  }

  public static AlbConfig read(AlbConfigObject object) {
    JsonObject given = object.getSpec();
    JsonObject spec = given == null ? new JsonObject() : given;
    JsonObject config = Json.object(spec, "config").orElseGet(JsonObject::new);
    Map<String, String> attributes = new HashMap<>();
    for (String field : List.of("edition", "addressAllocatedMode", "resourceGroupId")) {
      String value = Json.string(config, field);
      if (!value.isEmpty()) {
        attributes.put(field, value);
      }
    }
    return new AlbConfig(
        ModelReading.meta(object.getMetadata()).name().name(),
        true,
        Json.string(config, "id"),
        Json.flag(config, "forceOverride"),
        Json.string(config, "name"),
        Json.string(config, "addressType").equals("Intranet"),
        Json.objects(config, "zoneMappings").stream()
            .map(zone -> Json.string(zone, "vSwitchId"))
            .filter(vswitch -> !vswitch.isEmpty())
            .toList(),
        !config.has("deletionProtectionEnabled") || Json.flag(config, "deletionProtectionEnabled"),
        attributes,
        Json.objects(spec, "listeners").stream().map(AlbConfig::listener).toList());
  }

  private static Listen listener(JsonObject listener) {
    Map<String, String> attributes = new HashMap<>();
    for (String field :
        List.of(
            "securityPolicyId", "idleTimeout", "requestTimeout", "gzipEnabled", "http2Enabled")) {
      String value = Json.string(listener, field);
      if (!value.isEmpty()) {
        attributes.put(field, value);
      }
    }
    return new Listen(
        Json.number(listener, "port"),
        protocol(Json.string(listener, "protocol")),
        Json.objects(listener, "certificates").stream()
            .map(certificate -> Json.string(certificate, "CertificateId"))
            .filter(id -> !id.isEmpty())
            .toList(),
        attributes);
  }

  static Protocol protocol(String word) {
    return switch (word) {
      case "HTTPS" -> Protocol.PROTOCOL_HTTPS;
      case "QUIC" -> Protocol.PROTOCOL_QUIC;
      default -> Protocol.PROTOCOL_HTTP;
    };
  }
}
