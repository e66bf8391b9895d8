package io.viking.bench.apiserver;

/**
 * A kind of call, as the API server names it.
 *
 * @param verb "POST", "PATCH", "GET", "LIST" …
 * @param resource plural, with its subresource: "pods", "pods/status"
 */
public record ApiCall(String verb, String resource) implements Comparable<ApiCall> {
  @Override
  public int compareTo(ApiCall other) {
    int byResource = resource.compareTo(other.resource);
    return byResource != 0 ? byResource : verb.compareTo(other.verb);
  }

  public boolean isEvent() {
    return resource.equals("events");
  }

  /** Reads change nothing. */
  boolean isWrite() {
    return switch (verb) {
      case "GET", "LIST", "WATCH" -> false;
      default -> true;
    };
  }
}
