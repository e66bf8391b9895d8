package io.viking.syncer.kubelet;

import io.grpc.Context;
import io.netty.handler.codec.http.HttpRequest;
import io.viking.kube.client.KubeApiException;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers requests, each on a virtual thread of its own: who, may they, what.
 *
 * <p>Nothing is told before both checks are passed, not even whether a path exists. A request about
 * a pod is checked against the pod's node; one about all pods against the node that it names, or
 * against all.
 */
final class KubeletApi {
  /**
   * One request as it came.
   *
   * @param forwardedUri what the API server's node proxy was asked for; "" if it was not asked
   * @param certificate empty: the caller showed none
   * @param authorization the header, "" if absent
   * @param head line and headers, for those who need them all
   */
  record Request(
      String method,
      String path,
      Query query,
      String forwardedUri,
      Optional<X509Certificate> certificate,
      String authorization,
      HttpRequest head) {}

  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final ZonePods zonePods;
  private final PodsEndpoint pods;
  private final LogsEndpoint logs;
  private final StreamEndpoint streams;
  private final UsageEndpoint usage;
  private final Supplier<String> configz;

  KubeletApi(
      Authenticator authenticator,
      Authorizer authorizer,
      ZonePods zonePods,
      PodsEndpoint pods,
      LogsEndpoint logs,
      StreamEndpoint streams,
      UsageEndpoint usage,
      Supplier<String> configz) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.zonePods = zonePods;
    this.pods = pods;
    this.logs = logs;
    this.streams = streams;
    this.usage = usage;
    this.configz = configz;
  }

  /**
   * @param call cancelled when the caller goes
   */
  void serve(Request request, Responder responder, Context.CancellableContext call)
      throws InterruptedException, Responder.GoneException {
    Route route = Route.of(request.method(), request.path());
    String node = node(route, request);
    if (!mayProceed(request, verb(route, request), node, responder)) {
      return;
    }
    if (needsPods(route) && !zonePods.areKnown()) {
      responder.plain(
          503, "pods are not known here: this syncer stands by for another, or has only begun");
    } else if (!node.isEmpty() && !zonePods.isZoneNode().test(node)) {
      responder.plain(404, "node \"%s\" is not served here".formatted(node));
    } else {
      answer(route, node, request, responder, call);
    }
  }

  /**
   * The method's, as the kubelet has it. But a WebSocket is a GET, and whoever may only look must
   * not run commands by that: a stream is always "create".
   */
  private static String verb(Route route, Request request) {
    return route instanceof Route.Streaming ? "create" : Route.verb(request.method());
  }

  private boolean mayProceed(Request request, String verb, String node, Responder responder) {
    List<String> subresources = Route.subresources(request.path());
    try {
      Optional<Caller> caller =
          authenticator.authenticate(request.certificate(), request.authorization());
      if (caller.isEmpty()) {
        responder.plain(401, "Unauthorized");
        return false;
      }
      boolean allowed = authorizer.isAllowed(caller.get(), verb, subresources, node);
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

  /** The node that access is checked against; "" for all. */
  private String node(Route route, Request request) {
    return switch (route) {
      case Route.ContainerLogs target -> nodeOf(target.namespace(), target.pod());
      case Route.Streaming stream -> nodeOf(stream.namespace(), stream.pod());
      case Route.Healthz _,
          Route.Pods _,
          Route.RunningPods _,
          Route.Configz _,
          Route.Usage _,
          Route.Unknown _,
          Route.WrongMethod _ ->
          AskedNode.of(route, request.forwardedUri());
    };
  }

  private static boolean needsPods(Route route) {
    return switch (route) {
      case Route.ContainerLogs _,
          Route.Streaming _,
          Route.Pods _,
          Route.RunningPods _,
          Route.Usage _ ->
          true;
      case Route.Healthz _, Route.Configz _, Route.Unknown _, Route.WrongMethod _ -> false;
    };
  }

  private String nodeOf(String namespace, String pod) {
    return zonePods.find(namespace, pod).map(PodObject::nodeName).orElse("");
  }

  private void answer(
      Route route,
      String node,
      Request request,
      Responder responder,
      Context.CancellableContext call)
      throws InterruptedException, Responder.GoneException {
    switch (route) {
      case Route.Healthz _ -> responder.plain(200, "ok");
      case Route.Pods _ -> pods.send(node, pod -> true, responder);
      case Route.RunningPods _ ->
          pods.send(node, pod -> PodObject.phase(pod).equals("Running"), responder);
      case Route.Configz _ -> responder.whole(200, "application/json", configz.get());
      case Route.Usage(Route.UsageKind kind, String _) -> usage.send(kind, node, responder);
      case Route.ContainerLogs target -> logs.send(target, request, responder, call);
      case Route.Streaming stream -> streams.serve(stream, request, responder);
      case Route.Unknown _ -> responder.plain(404, "404 page not found");
      case Route.WrongMethod(String allowed) -> responder.methodNotAllowed(allowed);
    }
  }
}
