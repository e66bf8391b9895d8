package io.viking.adapter.sim.network.serve;

import com.google.common.base.Splitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule looks at.
 *
 * @param host without a port, lower case; empty: none was given
 * @param path without the query
 * @param query with its question mark; empty: none
 * @param headers by their names in lower case
 */
record Request(
    String method, String host, String path, String query, Map<String, List<String>> headers) {
  private static final Splitter COOKIES = Splitter.on(';').trimResults().omitEmptyStrings();

  /**
   * @param uri as in the request line: a path, or a whole URL as for a proxy
   */
  static Request of(String method, String uri, Map<String, List<String>> headers) {
    String target = uri;
    int scheme = target.indexOf("://");
    if (scheme > 0 && !target.startsWith("/")) {
      int slash = target.indexOf('/', scheme + 3);
      target = slash < 0 ? "/" : target.substring(slash);
    }
    int question = target.indexOf('?');
    return new Request(
        method,
        host(headers),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question),
        headers);
  }

  private static String host(Map<String, List<String>> headers) {
    String host = headers.getOrDefault("host", List.of("")).getFirst().toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      return host.substring(0, host.indexOf(']') + 1);
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  Optional<String> cookie(String name) {
    for (String header : headers.getOrDefault("cookie", List.of())) {
      for (String cookie : COOKIES.split(header)) {
        int equals = cookie.indexOf('=');
        if (equals > 0 && cookie.substring(0, equals).equals(name)) {
          return Optional.of(cookie.substring(equals + 1));
        }
      }
    }
    return Optional.empty();
  }

  Map<String, String> firstHeaders() {
    Map<String, String> first = new LinkedHashMap<>();
    headers.forEach((name, values) -> first.put(name, String.join(", ", values)));
    return first;
  }
}
