package io.viking.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.viking.kube.profile.Additions;
import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.ProfileRule;
import io.viking.kube.testing.FakeCache;
import io.viking.scheduler.ProfiledPods.Profiled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfiledPodsTest {
  private static final Additions COST = new Additions(Map.of("cost", "a"), Map.of());
  private static final ClusterProfile OF_TEAM_A =
      new ClusterProfile(
          Map.of(), List.of(new ProfileRule("team", Map.of("team", "a"), Map.of(), COST)));

  private final FakeProfile profile = new FakeProfile();
  private final FakeCache<V1Namespace> namespaces = new FakeCache<>();
  private final ProfiledPods pods = new ProfiledPods(profile, namespaces);

  @Test
  void podThatWaits_isNotKnown_beforeItsNamespaceIs() {
    profile.set(OF_TEAM_A);

    assertThat(pods.of(pod(""))).isEmpty();

    namespaces.put(
        new V1Namespace().metadata(new V1ObjectMeta().name("shop").labels(Map.of("team", "a"))));
    assertThat(pods.of(pod("")).map(Profiled::additions)).contains(COST);
  }

  /** It counts in its zone, whatever is known of namespaces. */
  @Test
  void podThatHasItsZone_isAsItIs() {
    profile.set(OF_TEAM_A);
    V1Pod bound = pod("h");

    assertThat(pods.of(bound)).isEqualTo(Optional.of(new Profiled(bound, Additions.NONE)));
  }

  private static V1Pod pod(String node) {
    return new V1Pod()
        .metadata(new V1ObjectMeta().namespace("shop").name("web").uid("u"))
        .spec(new V1PodSpec().nodeName(node));
  }
}
