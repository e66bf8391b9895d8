package io.viking.system.network;

import java.util.Map;
import java.util.TreeMap;

/** A GET over HTTP. */
record Request(String host, String path, Map<String, String> headers) {
  static Request of(String host, String path) {
    return new Request(host, path, Map.of());
  }

  Request with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Request(host, path, more);
  }

  String text() {
    var text = new StringBuilder("GET %s HTTP/1.1\r\nHost: %s\r\n".formatted(path, host));
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("Connection: close\r\n\r\n").toString();
  }
}
