package io.viking.kube.client;

import io.micrometer.core.instrument.MeterRegistry;

/** Clients of a server without TLS. */
public final class TestingClients {
  private TestingClients() {}

  public static KubeClients plain(String server, KubeClientConfig config, MeterRegistry metrics) {
    return KubeClients.plain(server, config, metrics);
  }
}
