package io.viking.controlplane.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.ControlPlaneException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterReferenceTest {
  private static final String KUBECONFIG =
      """
      current-context: one
      clusters:
      - {name: a, cluster: {server: "https://a.example:6443"}}
      - {name: b, cluster: {server: "https://b.example"}}
      contexts:
      - {name: one, context: {cluster: a, user: u}}
      - {name: two, context: {cluster: b, user: u}}
      - {name: lost, context: {cluster: c, user: u}}
      """;

  @Test
  void parse_takesTheCurrentContext_unlessOneIsNamed() {
    assertThat(parse(KUBECONFIG, Optional.empty()).server())
        .isEqualTo(URI.create("https://a.example:6443"));
    ClusterReference two = parse(KUBECONFIG, Optional.of("two"));
    assertThat(two.server()).isEqualTo(URI.create("https://b.example"));
    assertThat(two.document()).containsEntry("current-context", "two").containsKey("clusters");
  }

  @ParameterizedTest
  @CsvSource({
    "three, config has no context 'three': name one of its own with --context.",
    "lost,  'config: context ''lost'' names the cluster ''c'', which is not in the file.'",
  })
  void parse_unknownName_isNamed(String context, String message) {
    assertThatThrownBy(() -> parse(KUBECONFIG, Optional.of(context)))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessage(message);
  }

  @Test
  void parse_somethingElse_isRefused() {
    assertThatThrownBy(() -> parse("- a\n- b\n", Optional.empty()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("has no current-context");
    assertThatThrownBy(() -> parse("a: [", Optional.empty()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("is not YAML");
  }

  private static ClusterReference parse(String text, Optional<String> context) {
    return ClusterReference.parse(text, "config", context);
  }
}
