package io.viking.syncer.network.loop;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Protocol;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.StatusCondition;
import io.viking.syncer.network.service.StatusIngress;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the status of a Service or an Ingress says of its load balancer, and the patch to it. */
final class BalancerStatus {
  /** The condition of a Service with a load balancer. */
  static final String CONDITION = "LoadBalancerReady";

  private BalancerStatus() {}

  /**
   * @param ports that the object is served on
   */
  static List<StatusIngress> ingress(LoadBalancer balancer, List<StatusIngress.Port> ports) {
    List<StatusIngress> ingress = new ArrayList<>();
    if (!balancer.getHostname().isEmpty()) {
      ingress.add(new StatusIngress("", balancer.getHostname(), ports));
    } else {
      balancer
          .getAddressesList()
          .forEach(address -> ingress.add(new StatusIngress(address, "", ports)));
    }
    return ingress;
  }

  /** The Service's ports that the load balancer has. */
  static List<StatusIngress.Port> ports(Service service, List<Listener> listeners) {
    return service.ports().stream()
        .filter(
            port ->
                listeners.stream()
                    .anyMatch(
                        one ->
                            one.getPort() == port.port()
                                && (one.getProtocol() == Protocol.PROTOCOL_UDP)
                                    == port.protocol().equals("UDP")))
        .map(port -> new StatusIngress.Port(port.port(), port.protocol()))
        .toList();
  }

  /**
   * @param unserved what of the object the load balancer does not have, though it is in force
   * @param at where it is reached, if that stands nowhere else in the status
   */
  static StatusCondition condition(
      Optional<CloudFailure> trouble, Optional<Notice> unserved, List<StatusIngress> at) {
    return trouble
        .map(failure -> new StatusCondition(CONDITION, false, reason(failure), failure.message()))
        .or(
            () ->
                unserved.map(
                    notice ->
                        new StatusCondition(
                            CONDITION, false, notice.tell().reason(), notice.tell().message())))
        .orElseGet(
            () ->
                new StatusCondition(
                    CONDITION, true, "Active", "the load balancer is as it should be" + where(at)));
  }

  private static String where(List<StatusIngress> at) {
    return at.isEmpty()
        ? ""
        : at.stream()
            .map(one -> one.ip().isEmpty() ? one.hostname() : one.ip())
            .collect(Collectors.joining(", ", ", at ", ""));
  }

  /** A reason as Kubernetes writes them: {@code QuotaExceeded}. */
  static String reason(CloudFailure failure) {
    return Arrays.stream(ErrorReasons.wireName(failure.reason()).split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  /**
   * A strategic merge patch, which leaves conditions of others alone and replaces where the load
   * balancer is; for exactly this state of the object.
   */
  static String patch(
      String uid,
      String resourceVersion,
      List<StatusIngress> ingress,
      Optional<ConditionWrite> condition) {
    JsonObject balancer = new JsonObject();
    JsonArray list = new JsonArray();
    ingress.forEach(one -> list.add(json(one)));
    balancer.add("ingress", list);
    JsonObject status = new JsonObject();
    status.add("loadBalancer", balancer);
    condition.ifPresent(
        one -> {
          JsonArray conditions = new JsonArray();
          conditions.add(json(one));
          status.add("conditions", conditions);
        });
    return patch(uid, resourceVersion, status);
  }

  /** A strategic merge patch that takes our condition off. */
  static String withoutCondition(String uid, String resourceVersion) {
    JsonObject condition = new JsonObject();
    condition.addProperty("type", CONDITION);
    condition.addProperty("$patch", "delete");
    JsonArray conditions = new JsonArray();
    conditions.add(condition);
    JsonObject status = new JsonObject();
    status.add("conditions", conditions);
    return patch(uid, resourceVersion, status);
  }

  private static String patch(String uid, String resourceVersion, JsonObject status) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("uid", uid);
    metadata.addProperty("resourceVersion", resourceVersion);
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    patch.add("status", status);
    return patch.toString();
  }

  /** A condition with what a write needs beside it. */
  record ConditionWrite(StatusCondition condition, Instant since, long generation) {}

  private static JsonObject json(StatusIngress ingress) {
    JsonObject json = new JsonObject();
    Json.put(json, "ip", ingress.ip());
    Json.put(json, "hostname", ingress.hostname());
    JsonArray ports = new JsonArray();
    for (StatusIngress.Port port : ingress.ports()) {
      JsonObject item = new JsonObject();
      item.addProperty("port", port.port());
      item.addProperty("protocol", port.protocol());
      ports.add(item);
    }
    if (!ports.isEmpty()) {
      json.add("ports", ports);
    }
    return json;
  }

  private static JsonObject json(ConditionWrite write) {
    StatusCondition condition = write.condition();
    JsonObject json = new JsonObject();
    json.addProperty("type", condition.type());
    json.addProperty("status", condition.isTrue() ? "True" : "False");
    json.addProperty("reason", condition.reason());
    json.addProperty("message", condition.message());
    json.addProperty("lastTransitionTime", Json.time(write.since()));
    json.addProperty("observedGeneration", write.generation());
    return json;
  }
}
