package io.viking.syncer.kubelet;

import io.grpc.Context;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers requests, each on a virtual thread of its own: who, may they, what.
 *
 * <p>Nothing is told before both checks are passed, not even whether a path exists. A request about
 * a pod is checked against the pod's node; one about all pods against all nodes.
 */
final class KubeletApi {
  /**
   * One request as it came.
   *
   * @param caller empty: neither certificate nor token told who
   */
  record Request(
      String method,
      String path,
      Map<String, List<String>> query,
      Optional<java.security.cert.X509Certificate> certificate,
      String authorization) {}

  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final ObjectCache<V1Pod> pods;
  private final Predicate<String> isZoneNode;
  private final LogStreams logs;
  private final Clock clock;

  KubeletApi(
      Authenticator authenticator,
      Authorizer authorizer,
      ObjectCache<V1Pod> pods,
      Predicate<String> isZoneNode,
      LogStreams logs,
      Clock clock) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.pods = pods;
    this.isZoneNode = isZoneNode;
    this.logs = logs;
    this.clock = clock;
  }

  /**
   * @param call cancelled when the caller goes
   */
  void serve(Request request, Responder responder, Context.CancellableContext call)
      throws InterruptedException, Responder.GoneException {
    Route route = Route.of(request.method(), request.path());
    if (mayProceed(request, route, responder)) {
      answer(route, request, responder, call);
    }
  }

  private boolean mayProceed(Request request, Route route, Responder responder) {
    String verb = Route.verb(request.method());
    List<String> subresources = Route.subresources(request.path());
    try {
      Optional<Caller> caller =
          authenticator.authenticate(request.certificate(), request.authorization());
      if (caller.isEmpty()) {
        responder.plain(401, "Unauthorized");
        return false;
      }
      boolean allowed = authorizer.isAllowed(caller.get(), verb, subresources, node(route));
      if (!allowed) {
        responder.plain(
            403,
            "Forbidden (user=%s, verb=%s, resource=nodes, subresource(s)=%s)"
                .formatted(caller.get().user(), verb, subresources));
      }
      return allowed;
    } catch (KubeApiException unknown) {
      responder.plain(
          500,
          "Authorization error (verb=%s, resource=nodes, subresource(s)=%s): the API server does not answer"
              .formatted(verb, subresources));
      return false;
    }
  }

  private String node(Route route) {
    return switch (route) {
      case Route.ContainerLogs logs -> node(pod(logs.namespace(), logs.pod()));
      case Route.Streaming stream -> node(pod(stream.namespace(), stream.pod()));
      case Route.Healthz _, Route.Pods _, Route.Unknown _, Route.WrongMethod _ -> "";
    };
  }

  private static String node(Optional<V1Pod> pod) {
    return pod.map(KubeletApi::nodeName).orElse("");
  }

  private static String nodeName(V1Pod pod) {
    var spec = pod.getSpec();
    return spec == null || spec.getNodeName() == null ? "" : spec.getNodeName();
  }

  /** A pod on a zone node; others are not ours to tell of. */
  private Optional<V1Pod> pod(String namespace, String name) {
    return pods.get(namespace, name).filter(pod -> isZoneNode.test(nodeName(pod)));
  }

  private void answer(
      Route route, Request request, Responder responder, Context.CancellableContext call)
      throws InterruptedException, Responder.GoneException {
    switch (route) {
      case Route.Healthz _ -> responder.plain(200, "ok");
      case Route.Pods _ -> sendPods(responder);
      case Route.ContainerLogs target -> sendLogs(target, request, responder, call);
      case Route.Streaming stream ->
          responder.plain(
              501,
              stream.kind() + " is not served yet; `kubectl logs` shows what a container writes");
      case Route.Unknown _ -> responder.plain(404, "404 page not found");
      case Route.WrongMethod(String allowed) -> responder.methodNotAllowed(allowed);
    }
  }

  private void sendLogs(
      Route.ContainerLogs target,
      Request request,
      Responder responder,
      Context.CancellableContext call)
      throws InterruptedException {
    ReadLogsRequest.Builder logRequest;
    try {
      logRequest = LogQuery.read(request.query(), clock.instant());
    } catch (LogQuery.InvalidException invalid) {
      responder.plain(422, String.valueOf(invalid.getMessage()));
      return;
    }
    Optional<V1Pod> pod = pod(target.namespace(), target.pod());
    switch (LogTarget.of(pod, target.pod(), target.container(), logRequest.getPrevious())) {
      case LogTarget.Refused(int status, String message) -> responder.plain(status, message);
      case LogTarget.Found(String uid) ->
          logs.send(
              logRequest.setUid(uid).setContainer(target.container()),
              responder,
              call,
              "container \"%s\" in pod \"%s\"".formatted(target.container(), target.pod()));
    }
  }

  /** A core/v1 PodList, one pod at a time, so that many pods are never one text in memory. */
  private void sendPods(Responder responder) throws InterruptedException, Responder.GoneException {
    responder.begin("application/json");
    String before = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[";
    for (V1Pod pod : pods.list()) {
      if (isZoneNode.test(nodeName(pod))) {
        responder.write((before + KubeJson.gson().toJson(pod)).getBytes(StandardCharsets.UTF_8));
        before = ",";
      }
    }
    responder.write((before.equals(",") ? "]}" : before + "]}").getBytes(StandardCharsets.UTF_8));
    responder.end();
  }
}
