package io.viking.bench.endpoints;

/** What the cloud has for a Service. */
public enum ServiceKind {
  /** A load balancer, of which the pods are backends. */
  LOAD_BALANCER("load balancer"),
  /** Records of a private zone, one for each pod. */
  HEADLESS("headless");

  private final String words;

  ServiceKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
