package io.viking.adapter.sim.network.serve;

import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.Redirect;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.Optional;

/** Where a listener of HTTP sends a request: the first rule that takes it, or the default. */
final class Routing {
  private Routing() {}

  sealed interface Way {
    /**
     * @param path that the backend sees, with the query
     */
    record Forward(String group, String path) implements Way {}

    record Elsewhere(int code, String location) implements Way {}

    /** No rule takes it, and there is no default. */
    record Nowhere() implements Way {}

    /** All groups of the rule have weight 0. */
    record NoWeight() implements Way {}
  }

  /**
   * @param secure whether it came over TLS
   * @param port of the listener
   * @param turn from 0 to 1, for weights
   */
  static Way way(Listener listener, Request request, boolean secure, int port, double turn) {
    for (Rule rule : listener.getRulesList()) {
      if (Matching.matches(rule, request)) {
        return taken(rule, request, secure, port, turn);
      }
    }
    return listener.getDefaultServerGroup().isEmpty()
        ? new Way.Nowhere()
        : new Way.Forward(listener.getDefaultServerGroup(), request.path() + request.query());
  }

  private static Way taken(Rule rule, Request request, boolean secure, int port, double turn) {
    if (rule.hasRedirect()) {
      return elsewhere(rule.getRedirect(), request, secure, port);
    }
    Optional<WeightedServerGroup> group =
        Weights.pick(rule.getForwardList(), WeightedServerGroup::getWeight, turn);
    String path = rule.getRewritePath().isEmpty() ? request.path() : rule.getRewritePath();
    return group
        .<Way>map(to -> new Way.Forward(to.getServerGroup(), path + request.query()))
        .orElseGet(Way.NoWeight::new);
  }

  private static Way elsewhere(Redirect redirect, Request request, boolean secure, int port) {
    String came = secure ? "https" : "http";
    String scheme = redirect.getScheme().isEmpty() ? came : redirect.getScheme();
    int to = redirect.getPort();
    if (to == 0) {
      to = scheme.equals(came) ? port : usual(scheme);
    }
    String host = redirect.getHost().isEmpty() ? request.host() : redirect.getHost();
    String path = redirect.getPath().isEmpty() ? request.path() : redirect.getPath();
    return new Way.Elsewhere(
        redirect.getCode(),
        scheme + "://" + host + (to == usual(scheme) ? "" : ":" + to) + path + request.query());
  }

  private static int usual(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
