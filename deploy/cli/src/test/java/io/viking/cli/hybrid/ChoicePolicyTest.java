package io.viking.cli.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.hybrid.ChoicePolicy.Outcome;
import io.viking.cli.install.ApplyingApi;
import io.viking.cli.install.Installer;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoicePolicyTest {
  private final ApplyingApi server = new ApplyingApi();
  private final ChoicePolicy policy = new ChoicePolicy(new Installer(server, Duration.ZERO));

  @Test
  void apply_appliesEveryDocument_onceWhileNobodyChangesIt() throws Exception {
    assertThat(policy.apply()).isEqualTo(new Outcome.Applied());
    assertThat(policy.apply()).isEqualTo(new Outcome.Applied());
    assertThat(server.applied())
        .hasSize(5)
        .startsWith("mutatingadmissionpolicies/pods.viking.io")
        .endsWith("mutatingadmissionpolicybindings/namespaces-old.viking.io");
  }

  @Test
  void apply_olderApiServer_saysSince() throws Exception {
    server.failNext(failure(404, "404 page not found"));
    assertThat(why())
        .startsWith("this API server has no MutatingAdmissionPolicy")
        .contains("1.36")
        .endsWith(
            "only pods with \"schedulerName: viking\" go to zones, labels and tolerations choose none");
  }

  @Test
  void apply_forbidden_saysWhatIsMissing() throws Exception {
    server.failNext(failure(403, "user \"eve\" cannot patch resource"));
    assertThat(why())
        .startsWith("viking may not write mutatingadmissionpolicies (user \"eve\" cannot patch")
        .contains("allow it, or say --no-choice-policy; only pods with");
  }

  @Test
  void apply_invalid_saysWhichAndWhy() throws Exception {
    server.failNext(failure(422, "spec.mutations[0]: Invalid value"));
    assertThat(why()).startsWith("pods.viking.io was not applied: spec.mutations[0]: Invalid");
  }

  @Test
  void apply_serverIsBusy_isTriedAgain() throws Exception {
    server.failNext(failure(503, "starting"));
    server.failNext(failure(429, "too many"));
    assertThat(policy.apply()).isEqualTo(new Outcome.Applied());
    assertThat(server.applied()).hasSize(5);
  }

  @Test
  void apply_serverStaysBusy_isGivenUp() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.failNext(failure(503, "starting"));
    }
    assertThat(why()).startsWith("pods.viking.io was not applied: starting");
  }

  private String why() throws InterruptedException {
    return switch (policy.apply()) {
      case Outcome.Missing(String why) -> why;
      case Outcome.Applied() -> "applied";
    };
  }

  private static KubeApiException failure(int code, String message) {
    return new KubeApiException(code, "", message, Optional.empty());
  }
}
