package io.viking.kube.client;

import java.time.Duration;

/**
 * How the API server is called.
 *
 * @param callDeadline from the start of a call to the last byte of its answer
 * @param connectTimeout for TCP and for TLS
 * @param connections kept open for calls while idle; calls open more as they need
 * @param watchPing how often a connection with watches is probed
 */
public record KubeClientConfig(
    Duration callDeadline, Duration connectTimeout, int connections, Duration watchPing) {
  public static final KubeClientConfig DEFAULT =
      new KubeClientConfig(
          Duration.ofSeconds(15), Duration.ofSeconds(5), 128, Duration.ofSeconds(30));

  public KubeClientConfig {
    requirePositive("callDeadline", callDeadline);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("watchPing", watchPing);
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
