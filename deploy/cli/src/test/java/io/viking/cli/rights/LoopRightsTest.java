package io.viking.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewStatus;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.Installer;
import io.viking.controlplane.ControlPlaneException;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** That the rights are enough is shown on a real API server (RightsIT). */
class LoopRightsTest {
  private final ReviewingApi server = new ReviewingApi();
  private final LoopRights rights =
      new LoopRights(server, new Installer(server, Duration.ZERO), Duration.ZERO);

  @Test
  void apply_writesEachRoleBeforeItsBinding_andWaitsUntilTheyAreInForce() throws Exception {
    server.denials = 3;
    rights.apply();

    assertThat(server.applied)
        .contains("FlowSchema viking-loops")
        .hasSize(1 + 2 * LoopRole.all().size());
    for (LoopRole role : LoopRole.all()) {
      assertThat(server.applied).containsSubsequence(named(role.object()), named(role.binding()));
    }
    assertThat(server.reviewed)
        .hasSize(3 + 2 * LoopRole.all().size())
        .startsWith(
            "system:viking:scheduler create events",
            "system:viking:scheduler create events",
            "system:viking:scheduler create events",
            "system:viking:scheduler create events",
            "system:viking create events")
        .endsWith(
            "system:viking:syncer get leases kube-node-lease",
            "system:viking get leases kube-node-lease");
  }

  @Test
  void apply_neverInForce_givesUp() {
    server.denials = Integer.MAX_VALUE;
    assertThatThrownBy(rights::apply)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageStartingWith(
            "system:viking:scheduler does not have the rights of ClusterRole viking:scheduler");
  }

  @Test
  void apply_refused_saysWhatComesOfIt() {
    server.refusal = Optional.of(new KubeApiException(403, "", "no such right", Optional.empty()));
    assertThatThrownBy(rights::apply)
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("(no such right)");
  }

  private static String named(InstalledObject object) {
    return object.type().kind() + " " + object.name();
  }

  /** Takes what is applied, and says no to the first questions. */
  private static final class ReviewingApi extends UnsupportedKubeApi {
    private final List<String> applied = new CopyOnWriteArrayList<>();
    private final List<String> reviewed = new ArrayList<>();
    private Optional<KubeApiException> refusal = Optional.empty();
    private int denials;

    @Override
    public <T extends KubernetesObject> Optional<T> get(
        ResourceType<T> type, String namespace, String name) {
      return Optional.empty();
    }

    @Override
    public void patch(
        ResourceType<?> type,
        String namespace,
        String name,
        String subresource,
        PatchFormat format,
        String json) {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      applied.add(type.kind() + " " + name);
    }

    @Override
    public <T extends KubernetesObject> T create(ResourceType<T> type, String namespace, T object) {
      var review = (V1SubjectAccessReview) (KubernetesObject) object;
      var asked = review.getSpec().getResourceAttributes();
      reviewed.add(
          "%s %s %s %s"
              .formatted(
                  review.getSpec().getUser(),
                  asked.getVerb(),
                  asked.getResource(),
                  asked.getNamespace())
              .strip());
      review.setStatus(new V1SubjectAccessReviewStatus().allowed(denials-- <= 0));
      return object;
    }
  }
}
