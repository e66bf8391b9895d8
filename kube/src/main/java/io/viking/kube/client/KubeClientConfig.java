package io.viking.kube.client;

import java.time.Duration;

/**
 * How the API server is called.
 *
 * @param callDeadline from the start of a call to the last byte of its answer
 * @param connectTimeout for TCP and for TLS
 * @param connections that calls are spread over; each carries as many at once as the server allows
 *     (100), beyond which more are opened; as many again carry the writes, which wait beyond that
 * @param ping how often a connection is probed; one that does not answer is dropped
 */
public record KubeClientConfig(
    Duration callDeadline, Duration connectTimeout, int connections, Duration ping) {
  public static final KubeClientConfig DEFAULT =
      new KubeClientConfig(
          Duration.ofSeconds(15), Duration.ofSeconds(5), 2, Duration.ofSeconds(30));

  public KubeClientConfig {
    requirePositive("callDeadline", callDeadline);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("ping", ping);
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1, is " + connections);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }
}
