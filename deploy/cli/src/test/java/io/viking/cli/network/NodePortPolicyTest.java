package io.viking.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.install.ApplyingApi;
import io.viking.cli.install.Installer;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** That it does what it should is shown on a real API server (LoadBalancerIT). */
class NodePortPolicyTest {
  private final ApplyingApi server = new ApplyingApi();
  private final NodePortPolicy policy = new NodePortPolicy(new Installer(server, Duration.ZERO));

  @Test
  void apply_appliesThePolicyAndThenItsBinding() throws Exception {
    assertThat(policy.apply()).isEmpty();
    assertThat(server.applied())
        .containsExactly(
            "mutatingadmissionpolicies/services.viking.io",
            "mutatingadmissionpolicybindings/services.viking.io");
  }

  @Test
  void apply_refused_saysWhatComesOfIt() throws Exception {
    server.failNext(new KubeApiException(403, "", "no such right", Optional.empty()));
    assertThat(policy.apply().orElseThrow())
        .contains("(no such right)")
        .endsWith("they are given some, which nobody opens");
  }
}
