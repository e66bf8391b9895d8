package io.viking.adapter.sim.network.serve;

import io.viking.adapter.sim.network.lb.Traffic.Door;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A listener of HTTP or HTTPS: rules, then a backend's pod. */
final class BalancedSite implements HttpSite {
  private final Supplier<Door> door;
  private final Gate gate;

  /**
   * @param door as it is declared now
   */
  BalancedSite(Supplier<Door> door, Gate gate) {
    this.door = door;
    this.gate = gate;
  }

  @Override
  public Reply answer(Request request, InetAddress client, boolean secure) {
    Door now = door.get();
    Routing.Way way =
        Routing.way(now.listener(), request, secure, now.listener().getPort(), gate.turn(now));
    return switch (way) {
      case Routing.Way.Nowhere ignored ->
          Reply.plain(404, "404: no rule of this listener takes the request");
      case Routing.Way.NoWeight ignored ->
          Reply.plain(503, "503: all server groups of the rule have weight 0");
      case Routing.Way.Elsewhere(int code, String location) -> Reply.redirect(code, location);
      case Routing.Way.Forward(String group, String path) ->
          forward(now, group, path, request, client, secure);
    };
  }

  private Reply forward(
      Door now, String group, String path, Request request, InetAddress client, boolean secure) {
    Optional<Gate.Taken> taken = gate.choose(now, group, client);
    if (taken.isEmpty()) {
      return Reply.plain(503, "503: server group " + group + " has no backend");
    }
    int port = taken.get().backend().getPort();
    return taken
        .get()
        .pod()
        .map(
            pod ->
                Reply.json(
                    PodAnswer.http(
                        pod, port, request.method(), path, seen(request, client, secure))))
        .orElseGet(
            () ->
                Reply.plain(
                    502,
                    "502: nobody listens at " + taken.get().backend().getAddress() + ":" + port));
  }

  private static Map<String, String> seen(Request request, InetAddress client, boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>(request.firstHeaders());
    headers.merge(
        "x-forwarded-for", client.getHostAddress(), (before, last) -> before + ", " + last);
    headers.put("x-forwarded-proto", secure ? "https" : "http");
    return headers;
  }
}
