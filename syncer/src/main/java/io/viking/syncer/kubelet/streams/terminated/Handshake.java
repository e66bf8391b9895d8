package io.viking.syncer.kubelet.streams.terminated;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** Which protocol a caller is answered with. Pure. */
sealed interface Handshake {
  String SPDY_VERSIONS = "X-Stream-Protocol-Version";

  /**
   * @param protocol "" if the caller named none and needs none
   */
  record Spdy(String protocol) implements Handshake {}

  /**
   * @param protocol "" likewise
   * @param accept proves that the request was read as a WebSocket's
   */
  record WebSocket(String protocol, String accept) implements Handshake {}

  record Refused(int status, String sentence) implements Handshake {}

  /** The command's protocols, the one preferred first; both write the status as an object. */
  List<String> PROCESS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

  /** From v5 on a channel of a WebSocket can be closed. */
  static boolean closesChannels(String protocol) {
    return protocol.startsWith("v5.");
  }

  static Handshake ofProcess(HttpHeaders headers) {
    if (isWebSocket(headers)) {
      return webSocket(headers, PROCESS, false);
    }
    if (isSpdy(headers)) {
      // The kubelet's SPDY has no v5, and nobody needs it: SPDY closes streams by itself.
      return spdy(headers, List.of("v4.channel.k8s.io"), false);
    }
    return noUpgrade();
  }

  static Handshake ofForward(HttpHeaders headers) {
    if (isWebSocket(headers)) {
      return webSocket(headers, List.of("v4.channel.k8s.io"), true);
    }
    if (isSpdy(headers)) {
      return spdy(headers, List.of("portforward.k8s.io"), true);
    }
    return noUpgrade();
  }

  private static boolean isWebSocket(HttpHeaders headers) {
    return upgradesTo(headers, "websocket");
  }

  private static boolean isSpdy(HttpHeaders headers) {
    return upgradesTo(headers, "spdy/3.1");
  }

  private static boolean upgradesTo(HttpHeaders headers, String protocol) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, protocol, true);
  }

  private static Handshake noUpgrade() {
    return new Refused(
        400,
        "unable to upgrade: this needs a connection upgraded to SPDY/3.1 or to a WebSocket, as"
            + " kubectl makes it");
  }

  private static Handshake spdy(HttpHeaders headers, List<String> served, boolean orNone) {
    return negotiate(offered(headers, SPDY_VERSIONS), served, orNone, Spdy::new);
  }

  private static Handshake webSocket(HttpHeaders headers, List<String> served, boolean orNone) {
    String version = headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "");
    if (!version.equals("13")) {
      return new Refused(
          400, "Sec-WebSocket-Version is \"" + version + "\", but only 13 is served");
    }
    String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    if (key.isBlank()) {
      return new Refused(400, "Sec-WebSocket-Key is missing");
    }
    return negotiate(
        offered(headers, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL.toString()),
        served,
        orNone,
        protocol -> new WebSocket(protocol, accept(key)));
  }

  /** The first that both know. */
  private static Handshake negotiate(
      List<String> offered,
      List<String> served,
      boolean orNone,
      Function<String, Handshake> agreed) {
    if (offered.isEmpty() && orNone) {
      return agreed.apply("");
    }
    return served.stream()
        .filter(offered::contains)
        .findFirst()
        .map(agreed)
        .orElseGet(
            () ->
                new Refused(
                    403,
                    "unable to upgrade: unable to negotiate protocol: client supports %s, server supports %s"
                        .formatted(offered, served)));
  }

  private static List<String> offered(HttpHeaders headers, String name) {
    return headers.getAll(name).stream()
        .flatMap(value -> Splitter.on(',').trimResults().omitEmptyStrings().splitToStream(value))
        .map(value -> value.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** RFC 6455, 4.2.2. */
  @SuppressWarnings("deprecation") // SHA-1 is what the protocol says; it protects nothing here.
  private static String accept(String key) {
    byte[] digest =
        Hashing.sha1()
            .hashString(
                Objects.requireNonNull(key).strip() + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                StandardCharsets.US_ASCII)
            .asBytes();
    return BaseEncoding.base64().encode(digest);
  }
}
