package io.viking.syncer.kubelet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which zone node a request is meant for. All of them have one address, so the connection does not
 * say: the path may (metrics-server is told that path by an annotation of the Node), or the API
 * server's node proxy, which names in a header what it was asked for. A caller who forges that
 * header gets no further: access is checked against the node that it names, and that node alone is
 * told of.
 */
final class AskedNode {
  /** {@code /api/v1/nodes/[https:]NAME[:PORT]/proxy/…}. */
  private static final Pattern PROXIED =
      Pattern.compile("/api/v1/nodes/(?:https?:)?([^:/]+)(?::[^/]*)?/proxy(?:/.*)?");

  private AskedNode() {}

  /**
   * @param forwardedUri of {@code X-Forwarded-Uri}, "" if absent
   * @return "" for all zone nodes
   */
  static String of(Route route, String forwardedUri) {
    if (route instanceof Route.Usage usage && !usage.node().isEmpty()) {
      return usage.node();
    }
    Matcher proxied = PROXIED.matcher(forwardedUri);
    return proxied.matches() ? proxied.group(1) : "";
  }
}
