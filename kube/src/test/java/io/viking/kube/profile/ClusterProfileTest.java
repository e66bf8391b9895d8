package io.viking.kube.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterProfileTest {
  private static final String SPOT = "k8s.aliyun.com/eci-spot-strategy";
  private static final String CACHE = "k8s.aliyun.com/eci-auto-imc";
  private static final String VSWITCH = "k8s.aliyun.com/eci-vswitch";
  private static final String GROUP = "k8s.aliyun.com/eci-security-group";

  private static final ClusterProfile PROFILE =
      new ClusterProfile(
          Map.of(GROUP, "sg-1", VSWITCH, "vsw-1"),
          List.of(
              rule(Map.of(), Map.of("tier", "batch"), Map.of(SPOT, "SpotAsPriceGo"), Map.of()),
              rule(
                  Map.of("team", "a"),
                  Map.of(),
                  Map.of(SPOT, "NoSpot", CACHE, "true"),
                  Map.of("cost", "a", "tier", "other"))));

  private static ProfileRule rule(
      Map<String, String> namespace,
      Map<String, String> pod,
      Map<String, String> annotations,
      Map<String, String> labels) {
    return new ProfileRule("", namespace, pod, new Additions(labels, annotations));
  }

  private static PodFace pod(
      Map<String, String> labels, Map<String, String> annotations, Map<String, String> namespace) {
    return new PodFace(labels, annotations, namespace);
  }

  @Test
  void podOfNoRule_getsTheDefaultsOnItsInstanceAlone() {
    var plain = pod(Map.of(), Map.of(), Map.of());

    assertThat(PROFILE.additions(plain).annotations())
        .containsExactly(entry(ClusterProfile.CHOSEN_VSWITCHES, "vsw-1"));
    assertThat(PROFILE.additions(plain).labels()).isEmpty();
    assertThat(PROFILE.completed(plain))
        .containsOnly(entry(GROUP, "sg-1"), entry(VSWITCH, "vsw-1"));
  }

  @Test
  void podOfTwoRules_getsBoth_theFirstWins_andLosesNothing() {
    var both = pod(Map.of("tier", "batch"), Map.of(), Map.of("team", "a", "x", "y"));

    assertThat(PROFILE.additions(both).annotations())
        .containsEntry(SPOT, "SpotAsPriceGo")
        .containsEntry(CACHE, "true");
    assertThat(PROFILE.additions(both).labels()).containsExactly(entry("cost", "a"));
  }

  @Test
  void podsOwnValue_wins_alsoUnderAnOlderKey() {
    var own =
        pod(
            Map.of("tier", "batch", "cost", "mine"),
            Map.of(SPOT, "NoSpot", "k8s.aliyun.com/eci-image-cache", "false", VSWITCH, "vsw-9"),
            Map.of("team", "a"));

    assertThat(PROFILE.additions(own).isEmpty()).isTrue();
    assertThat(PROFILE.completed(own))
        .containsEntry(SPOT, "NoSpot")
        .containsEntry(VSWITCH, "vsw-9")
        .containsEntry(GROUP, "sg-1")
        .doesNotContainKey(CACHE);
  }

  @Test
  void rulesAnnotation_winsOverADefault() {
    var profile =
        new ClusterProfile(
            Map.of(VSWITCH, "vsw-1"),
            List.of(rule(Map.of(), Map.of("a", "b"), Map.of(VSWITCH, "vsw-2"), Map.of())));
    var pod = pod(Map.of("a", "b"), Map.of(), Map.of());

    assertThat(profile.completed(pod)).containsOnly(entry(VSWITCH, "vsw-2"));
    assertThat(profile.additions(pod).annotations()).containsOnly(entry(VSWITCH, "vsw-2"));
  }

  @Test
  void vSwitchesByWhichThePodGotItsZone_holdAfterAChange() {
    Map<String, String> bound = Map.of(ClusterProfile.CHOSEN_VSWITCHES, "vsw-0");

    assertThat(PROFILE.withDefaults(bound)).containsEntry(VSWITCH, "vsw-0");
  }

  @Test
  void noProfile_addsNothing() {
    var pod = pod(Map.of(), Map.of("a", "b"), Map.of());

    assertThat(ClusterProfile.NONE.additions(pod).isEmpty()).isTrue();
    assertThat(ClusterProfile.NONE.completed(pod)).isEqualTo(Map.of("a", "b"));
    assertThat(ClusterProfile.NONE.asksNamespaces()).isFalse();
    assertThat(PROFILE.asksNamespaces()).isTrue();
  }
}
