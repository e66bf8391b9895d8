package io.viking.cli.server;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which pod is asked about, as the query of an address: {@code namespace=shop&pod=web-1}. */
record ExplainQuery(String namespace, String pod) {
  /** What is not there is "", which no pod is called. */
  static ExplainQuery parse(URI address) {
    Map<String, String> values = new HashMap<>();
    for (String pair : Optional.ofNullable(address.getRawQuery()).orElse("").split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return new ExplainQuery(values.getOrDefault("namespace", ""), values.getOrDefault("pod", ""));
  }

  /** Path and query. */
  String path() {
    return HttpEndpoint.EXPLAIN + "?namespace=" + encoded(namespace) + "&pod=" + encoded(pod);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
