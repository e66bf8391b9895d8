package io.viking.cli.parts;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Request;

/**
 * Whether an API server that is not ours reaches the kubelet API, as logs need it: asked once,
 * through the node proxy, which takes the same way.
 */
final class KubeletReach {
  private KubeletReach() {}

  /**
   * Asks.
   *
   * @param node a zone node
   * @return what is wrong and the way out; empty if nothing is known to be
   */
  static Optional<String> trouble(ApiClient client, String node, String endpoint) {
    Request request =
        new Request.Builder()
            .url(client.getBasePath() + "/api/v1/nodes/" + node + "/proxy/healthz")
            .build();
    try (var response = client.getHttpClient().newCall(request).execute()) {
      return verdict(response.code(), response.body().string(), endpoint);
    } catch (IOException e) {
      return verdict(0, String.valueOf(e.getMessage()), endpoint);
    }
  }

  /**
   * The API server proxies to no loopback address, but dials one for logs: then it is this machine.
   */
  static Optional<String> verdict(int code, String answer, String endpoint) {
    if (code == 200 || answer.contains("address not allowed")) {
      return Optional.empty();
    }
    return Optional.of(
        "the API server does not reach the kubelet API at %s, so kubectl logs will fail (%s): name an address that it can reach with --kubelet-address."
            .formatted(endpoint, answer.strip().lines().findFirst().orElse("no answer")));
  }
}
