package io.viking.kube.http2;

import java.io.IOException;

/** The server was reached and speaks no HTTP/2. Nothing was sent to it. */
public final class NoHttp2Exception extends IOException {
  private static final long serialVersionUID = 1L;

  NoHttp2Exception(String server, String spoken) {
    super(server + " speaks no HTTP/2 but \"" + spoken + "\"");
  }
}
