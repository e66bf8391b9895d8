package io.viking.cli.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeconfigMergeTest {
  private static final Map<String, Object> OURS =
      Map.of(
          "apiVersion",
          "v1",
          "kind",
          "Config",
          "current-context",
          "admin@local",
          "clusters",
          List.of(named("local", "cluster", Map.of("server", "https://127.0.0.1:1"))),
          "users",
          List.of(named("admin", "user", Map.of("client-key-data", "a2V5"))),
          "contexts",
          List.of(named("admin@local", "context", Map.of("cluster", "local", "user", "admin"))));

  @Test
  void emptyFile_becomesAWholeKubeconfig_withOurContextCurrent() {
    assertThat(KubeconfigMerge.merge(Map.of(), OURS))
        .isEqualTo(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "current-context",
                "viking",
                "clusters",
                List.of(named("viking", "cluster", Map.of("server", "https://127.0.0.1:1"))),
                "users",
                List.of(named("viking", "user", Map.of("client-key-data", "a2V5"))),
                "contexts",
                List.of(
                    named("viking", "context", Map.of("cluster", "viking", "user", "viking")))));
  }

  @Test
  void entriesOfOthers_stayInTheirPlace_andTheCurrentContextToo() {
    var production = named("production", "cluster", Map.of("server", "https://prod"));
    var stale = named("viking", "cluster", Map.of("server", "https://old"));
    var staging = named("staging", "cluster", Map.of("server", "https://staging"));
    Map<String, Object> theirs =
        Map.of(
            "current-context", "production",
            "preferences", Map.of("colors", true),
            "clusters", List.of(production, stale, staging));

    Map<String, Object> merged = KubeconfigMerge.merge(theirs, OURS);

    assertThat(merged)
        .containsEntry("current-context", "production")
        .containsEntry("preferences", Map.of("colors", true))
        .containsEntry(
            "clusters",
            List.of(
                production,
                named("viking", "cluster", Map.of("server", "https://127.0.0.1:1")),
                staging));
  }

  @Test
  void mergingTwice_changesNothingMore() {
    Map<String, Object> once = KubeconfigMerge.merge(Map.of(), OURS);

    assertThat(KubeconfigMerge.merge(once, OURS)).isEqualTo(once);
  }

  @Test
  void isIn_afterMerging() {
    assertThat(KubeconfigMerge.isIn(Map.of())).isFalse();
    assertThat(KubeconfigMerge.isIn(KubeconfigMerge.merge(Map.of(), OURS))).isTrue();
  }

  @Test
  void fileThatIsNoKubeconfig_isRefused() {
    assertThatThrownBy(() -> KubeconfigMerge.merge(Map.of("clusters", "none"), OURS))
        .hasMessage("\"clusters\" is not a list");
    assertThatThrownBy(() -> KubeconfigMerge.merge(Map.of(), Map.of()))
        .hasMessage("\"current-context\" is missing");
  }

  private static Map<String, Object> named(String name, String key, Map<String, Object> body) {
    return Map.of("name", name, key, body);
  }
}
