package io.viking.cli.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.viking.cli.hybrid.ChoicePolicy.Outcome;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoicePolicyTest {
  private final Server server = new Server();
  private final ChoicePolicy policy = new ChoicePolicy(server, Duration.ZERO);

  @Test
  void apply_appliesEveryDocument_andAgainAtTheNextStart() throws Exception {
    assertThat(policy.apply()).isEqualTo(new Outcome.Applied());
    assertThat(policy.apply()).isEqualTo(new Outcome.Applied());
    assertThat(server.applied)
        .hasSize(10)
        .startsWith("mutatingadmissionpolicies/pods.viking.io")
        .endsWith("mutatingadmissionpolicybindings/namespaces-old.viking.io");
  }

  @Test
  void apply_olderApiServer_saysSince() throws Exception {
    server.answers.add(failure(404, "404 page not found"));
    assertThat(why())
        .startsWith("this API server has no MutatingAdmissionPolicy")
        .contains("1.36")
        .endsWith(
            "only pods with \"schedulerName: viking\" go to zones, labels and tolerations choose none");
  }

  @Test
  void apply_forbidden_saysWhatIsMissing() throws Exception {
    server.answers.add(failure(403, "user \"eve\" cannot patch resource"));
    assertThat(why())
        .startsWith("viking may not write mutatingadmissionpolicies (user \"eve\" cannot patch")
        .contains("allow it, or say --no-choice-policy; only pods with");
  }

  @Test
  void apply_invalid_saysWhichAndWhy() throws Exception {
    server.answers.add(failure(422, "spec.mutations[0]: Invalid value"));
    assertThat(why()).startsWith("pods.viking.io was not applied: spec.mutations[0]: Invalid");
  }

  @Test
  void apply_serverIsBusy_isTriedAgain() throws Exception {
    server.answers.add(failure(503, "starting"));
    server.answers.add(failure(429, "too many"));
    assertThat(policy.apply()).isEqualTo(new Outcome.Applied());
    assertThat(server.applied).hasSize(5);
  }

  @Test
  void apply_serverStaysBusy_isGivenUp() throws Exception {
    for (int i = 0; i < 5; i++) {
      server.answers.add(failure(503, "starting"));
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

  /** Takes what is applied, after the failures that it was given. */
  private static final class Server implements KubeApi {
    final Deque<KubeApiException> answers = new ArrayDeque<>();
    final List<String> applied = new ArrayList<>();

    @Override
    public void patch(
        ResourceType<?> type,
        String namespace,
        String name,
        String subresource,
        PatchFormat format,
        String json) {
      KubeApiException failure = answers.poll();
      if (failure != null) {
        throw failure;
      }
      assertThat(format).isEqualTo(PatchFormat.APPLY);
      applied.add(type.plural() + "/" + name);
    }

    @Override
    public <T extends KubernetesObject> Optional<T> get(
        ResourceType<T> type, String namespace, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T extends KubernetesObject> List<T> list(
        ResourceType<T> type, String namespace, String fieldSelector) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T extends KubernetesObject> T replace(ResourceType<T> type, T object) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(
        ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void bind(
        String namespace, String pod, String uid, String node, Map<String, String> annotations) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AuthenticationV1TokenRequest createToken(
        String namespace, String serviceAccount, AuthenticationV1TokenRequest request) {
      throw new UnsupportedOperationException();
    }
  }
}
