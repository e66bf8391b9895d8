package io.viking.system;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSchedulingGate;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that the loops and the world around them ask of an API server, and what came of it,
 * line by line: two servers that behave alike say the same.
 */
final class ApiScript {
  static final String LAST = "last";
  private static final String OTHER_UID = "11111111-2222-3333-4444-555555555555";

  private final KubeApi api;
  private final String namespace;
  private final String node;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param node that exists
   */
  ApiScript(KubeApi api, String namespace, String node) {
    this.api = api;
    this.namespace = namespace;
    this.node = node;
  }

  List<String> run() {
    creation();
    binding();
    status();
    gracefulDeletion();
    finalizers();
    deletionAtOnce();
    eviction();
    ownership();
    create(pod(LAST));
    return lines;
  }

  /** Deletes what owns others; the rest of it is the garbage collector's. */
  void deleteOwner() {
    says("delete the owner", () -> delete(ResourceType.CONFIG_MAPS, "owner", 0));
  }

  private void creation() {
    create(pod("a"));
    create(pod("a"));
    says("get nothing", () -> line(String.valueOf(get("nobody").isPresent())));
    says("patch nothing", () -> patchStatus("nobody", "{\"status\":{\"phase\":\"Running\"}}"));
    says("delete nothing", () -> api.delete(ResourceType.PODS, namespace, "nobody", OTHER_UID, 0));
    says("delete another", () -> api.delete(ResourceType.PODS, namespace, "a", OTHER_UID, 0));
    says("label", () -> merge("a", "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}"));
    says("label the same", () -> merge("a", "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}"));
    says("unlabel", () -> merge("a", "{\"metadata\":{\"labels\":{\"x\":null}}}"));
    show("a");
  }

  private void binding() {
    says("bind another", () -> bind("a", OTHER_UID));
    says("bind nobody", () -> bind("nobody", OTHER_UID));
    V1Pod gated = pod("gated");
    gated.getSpec().addSchedulingGatesItem(new V1PodSchedulingGate().name("example.com/wait"));
    create(gated);
    says("bind gated", () -> bind("gated", uid("gated")));
    says("bind", () -> bind("a", uid("a")));
    show("a");
    says("bind twice", () -> bind("a", uid("a")));
  }

  private void status() {
    says("status of another", () -> patchStatus("a", patch(OTHER_UID, "", "Running")));
    says("status of an old version", () -> patchStatus("a", patch(uid("a"), "1", "Running")));
    says("status of neither", () -> patchStatus("a", patch(OTHER_UID, "1", "Running")));
    says("status", () -> patchStatus("a", patch(uid("a"), version("a"), "Running")));
    show("a");
    says("the same status", () -> patchStatus("a", patch(uid("a"), version("a"), "Running")));
    says(
        "conditions merge by type",
        () ->
            patchStatus(
                "a",
                """
                {"status":{"conditions":[
                  {"type":"Ready","status":"False","reason":"Why","message":"because"},
                  {"type":"example.com/x","status":"True"}]}}
                """));
    show("a");
    says(
        "a reason goes",
        () ->
            patchStatus(
                "a",
                """
                {"status":{"conditions":[{"type":"Ready","status":"True","reason":null,"message":null}]}}
                """));
    says(
        "addresses are replaced",
        () ->
            patchStatus(
                "a",
                """
                {"status":{"podIP":"10.9.0.2","podIPs":[{"ip":"10.9.0.2"},{"$patch":"replace"}]}}
                """));
    show("a");
  }

  private void gracefulDeletion() {
    says("delete in peace", () -> delete(ResourceType.PODS, "a", KubeApi.OWN_GRACE));
    show("a");
    says("again", () -> delete(ResourceType.PODS, "a", KubeApi.OWN_GRACE));
    says("longer", () -> delete(ResourceType.PODS, "a", 100));
    says("shorter", () -> delete(ResourceType.PODS, "a", 5));
    show("a");
    says("create while it goes", () -> create(pod("a")));
    says("end it", () -> delete(ResourceType.PODS, "a", 0));
    show("a");
    create(pod("a"));
    says("delete unbound", () -> delete(ResourceType.PODS, "a", KubeApi.OWN_GRACE));
    show("a");
  }

  private void finalizers() {
    V1Pod held = pod("held");
    held.getMetadata().addFinalizersItem("example.com/hold");
    create(held);
    bind("held", uid("held"));
    says("delete held", () -> delete(ResourceType.PODS, "held", KubeApi.OWN_GRACE));
    says("end held", () -> delete(ResourceType.PODS, "held", 0));
    show("held");
    says("bind held", () -> bind("held", uid("held")));
    says("status of held", () -> patchStatus("held", patch(uid("held"), "", "Failed")));
    show("held");
    says("let go", () -> merge("held", "{\"metadata\":{\"finalizers\":null}}"));
    show("held");
    V1Pod early = pod("early");
    early.getMetadata().addFinalizersItem("example.com/hold");
    create(early);
    bind("early", uid("early"));
    says("delete early", () -> delete(ResourceType.PODS, "early", KubeApi.OWN_GRACE));
    says("let go before its end", () -> merge("early", "{\"metadata\":{\"finalizers\":null}}"));
    show("early");
    says("end early", () -> delete(ResourceType.PODS, "early", 0));
    show("early");
  }

  private void deletionAtOnce() {
    create(pod("ended"));
    bind("ended", uid("ended"));
    patchStatus("ended", patch(uid("ended"), "", "Succeeded"));
    says("delete what has ended", () -> delete(ResourceType.PODS, "ended", KubeApi.OWN_GRACE));
    show("ended");
  }

  private void eviction() {
    create(pod("evicted"));
    bind("evicted", uid("evicted"));
    says("evict another", () -> api.evict(namespace, "evicted", OTHER_UID));
    says("evict nobody", () -> api.evict(namespace, "nobody", OTHER_UID));
    says("evict", () -> api.evict(namespace, "evicted", uid("evicted")));
    show("evicted");
    says("end the evicted", () -> delete(ResourceType.PODS, "evicted", 0));
  }

  private void ownership() {
    V1ConfigMap owner =
        api.create(ResourceType.CONFIG_MAPS, namespace, map(new V1ObjectMeta().name("owner")));
    var reference =
        new V1OwnerReference()
            .apiVersion("v1")
            .kind("ConfigMap")
            .name("owner")
            .uid(owner.getMetadata().getUid());
    api.create(
        ResourceType.CONFIG_MAPS,
        namespace,
        map(new V1ObjectMeta().name("owned").addOwnerReferencesItem(reference)));
    V1Pod owned = pod("owned");
    owned.getMetadata().addOwnerReferencesItem(reference);
    create(owned);
    says(
        "replace an old version",
        () ->
            api.replace(
                ResourceType.CONFIG_MAPS,
                map(
                    new V1ObjectMeta()
                        .namespace(namespace)
                        .name("owner")
                        .uid(owner.getMetadata().getUid())
                        .resourceVersion("1"))));
  }

  private void says(String what, Runnable call) {
    try {
      call.run();
      lines.add(what + ": done");
    } catch (KubeApiException refused) {
      lines.add("%s: %d %s".formatted(what, refused.code(), refused.reason()));
    }
  }

  private void line(String text) {
    lines.add(text);
  }

  private void show(String name) {
    lines.add(name + " is " + get(name).map(ApiScript::words).orElse("gone"));
  }

  /** What matters of a pod, without what differs between any two servers. */
  static String words(V1Pod pod) {
    V1ObjectMeta metadata = pod.getMetadata();
    Map<String, String> conditions = new TreeMap<>();
    Stream.ofNullable(pod.getStatus().getConditions())
        .flatMap(List::stream)
        .forEach(
            c ->
                conditions.put(
                    c.getType(), c.getStatus() + text(c.getReason()) + text(c.getMessage())));
    return "%s, %s, labels %s, annotations %s, finalizers %s, grace %s, conditions %s, address %s %s"
        .formatted(
            pod.getStatus().getPhase(),
            pod.getSpec().getNodeName() == null ? "unbound" : "bound",
            orEmpty(metadata.getLabels()),
            orEmpty(metadata.getAnnotations()),
            metadata.getFinalizers() == null ? List.of() : metadata.getFinalizers(),
            metadata.getDeletionTimestamp() == null
                ? "none"
                : metadata.getDeletionGracePeriodSeconds(),
            conditions,
            text(pod.getStatus().getPodIP()),
            pod.getStatus().getPodIPs() == null ? 0 : pod.getStatus().getPodIPs().size());
  }

  private static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : new TreeMap<>(map);
  }

  private static String text(String value) {
    return value == null ? "" : " " + value;
  }

  private void create(V1Pod pod) {
    says(
        "create " + pod.getMetadata().getName(),
        () -> api.create(ResourceType.PODS, namespace, pod));
  }

  private void bind(String name, String uid) {
    api.bind(
        namespace, name, uid, node, Map.of("chosen", "yes"), Map.of("viking.io/zones", "here"));
  }

  private void delete(ResourceType<? extends KubernetesObject> type, String name, long grace) {
    String uid =
        api.get(type, namespace, name).map(o -> o.getMetadata().getUid()).orElse(OTHER_UID);
    api.delete(type, namespace, name, uid, grace);
  }

  private void merge(String name, String json) {
    api.patch(ResourceType.PODS, namespace, name, "", PatchFormat.MERGE, json);
  }

  private void patchStatus(String name, String json) {
    api.patch(ResourceType.PODS, namespace, name, "status", PatchFormat.STRATEGIC_MERGE, json);
  }

  /** As the syncer writes it: labels and annotations ride on the status. */
  private static String patch(String uid, String version, String phase) {
    return """
        {"metadata":{"uid":"%s"%s,"labels":{"told":"yes"},"annotations":{"example.com/type":"2-4Gi"}},
         "status":{"phase":"%s","podIP":"10.9.0.1","podIPs":[{"ip":"10.9.0.1"}],
                   "startTime":"2026-01-01T00:00:00Z",
                   "conditions":[{"type":"Ready","status":"True",
                                  "lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
        """
        .formatted(uid, version.isEmpty() ? "" : ",\"resourceVersion\":\"" + version + "\"", phase);
  }

  private String uid(String name) {
    return get(name).map(pod -> pod.getMetadata().getUid()).orElse(OTHER_UID);
  }

  private String version(String name) {
    return get(name).map(pod -> pod.getMetadata().getResourceVersion()).orElse("");
  }

  private Optional<V1Pod> get(String name) {
    return api.get(ResourceType.PODS, namespace, name);
  }

  private static V1ConfigMap map(V1ObjectMeta metadata) {
    return new V1ConfigMap().metadata(metadata);
  }

  /** Of a scheduler that does not exist: nobody but this script touches it. */
  private static V1Pod pod(String name) {
    return new V1Pod()
        .apiVersion("v1")
        .kind("Pod")
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1PodSpec()
                .schedulerName("nobody")
                .automountServiceAccountToken(false)
                .addContainersItem(new V1Container().name("main").image("nginx")));
  }
}
