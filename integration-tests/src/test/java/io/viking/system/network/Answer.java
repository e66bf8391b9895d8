package io.viking.system.network;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came back over HTTP.
 *
 * @param status 0: the connection was closed without a word
 * @param headers by their names in lower case
 */
record Answer(int status, Map<String, String> headers, String body) {
  static final Answer NONE = new Answer(0, Map.of(), "");

  static Answer parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    int end = text.indexOf("\r\n\r\n");
    String[] head = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < head.length; i++) {
      int colon = head[i].indexOf(':');
      headers.put(
          head[i].substring(0, colon).toLowerCase(Locale.ROOT),
          head[i].substring(colon + 1).trim());
    }
    return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, text.substring(end + 4));
  }

  /** The pod that answered; empty: it was none. */
  String pod() {
    return said("pod");
  }

  /** What the pod says that it saw: {@code path}, {@code port}. */
  String said(String field) {
    if (status != 200) {
      return "";
    }
    JsonObject json = JsonParser.parseString(body).getAsJsonObject();
    return json.get(field).getAsString();
  }
}
