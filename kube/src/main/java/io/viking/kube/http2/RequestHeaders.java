package io.viking.kube.http2;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.Map;

/** Writes the headers of requests to one server. */
final class RequestHeaders {
  private static final AsciiString HTTPS = AsciiString.cached("https");

  private final AsciiString authority;

  RequestHeaders(String authority) {
    this.authority = AsciiString.cached(authority);
  }

  Http2Headers of(Http2Request request) {
    AsciiString[] others = new AsciiString[2 * request.headers().size() + 2];
    int next = 0;
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      others[next++] = AsciiString.of(header.getKey());
      others[next++] = AsciiString.of(header.getValue());
    }
    others[next++] = HttpHeaderNames.CONTENT_LENGTH;
    others[next] = AsciiString.of(Integer.toString(request.body().length));
    return ReadOnlyHttp2Headers.clientHeaders(
        false,
        AsciiString.of(request.method()),
        AsciiString.of(request.path()),
        HTTPS,
        authority,
        others);
  }

  /** What is in no other request must not push what is in all of them out of the coder's table. */
  static boolean isOnceOnly(CharSequence name, CharSequence value) {
    return AsciiString.contentEquals(name, Http2Headers.PseudoHeaderName.PATH.value())
        || AsciiString.contentEquals(name, HttpHeaderNames.CONTENT_LENGTH);
  }
}
