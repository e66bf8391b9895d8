package io.viking.adapter.sim.network.serve;

import java.util.Map;

/** An answer over HTTP. */
record Reply(int status, Map<String, String> headers, String body) {

  /** Of the load balancer itself. */
  static Reply plain(int status, String sentence) {
    return new Reply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), sentence + "\n");
  }

  static Reply json(String json) {
    return new Reply(200, Map.of("Content-Type", "application/json"), json);
  }

  static Reply redirect(int code, String location) {
    return new Reply(code, Map.of("Location", location), "");
  }
}
