package io.viking.chaos.api;

/** Failures in the API server's own form. */
final class Statuses {
  private Statuses() {}

  static String json(int code) {
    String reason =
        switch (code) {
          case 410 -> "Expired";
          case 429 -> "TooManyRequests";
          case 503 -> "ServiceUnavailable";
          default -> "InternalError";
        };
    return """
    {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
    "message":"fault: %1$s","reason":"%1$s","code":%2$d}"""
        .formatted(reason, code);
  }

  /** As it stands in a watch. */
  static String expiredEvent() {
    return "{\"type\":\"ERROR\",\"object\":" + json(410) + "}\n";
  }
}
