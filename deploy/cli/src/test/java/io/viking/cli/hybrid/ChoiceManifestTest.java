package io.viking.cli.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.install.InstalledObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** That its expressions mean what they should is shown on a real API server (HybridIT). */
class ChoiceManifestTest {
  private final List<InstalledObject> documents = ChoiceManifest.documents();

  @Test
  void documents_arePoliciesAndWhatBindsThem() {
    assertThat(documents)
        .extracting(document -> document.type().plural() + "/" + document.name())
        .containsExactly(
            "mutatingadmissionpolicies/pods.viking.io",
            "mutatingadmissionpolicybindings/pods.viking.io",
            "mutatingadmissionpolicies/namespaces.viking.io",
            "mutatingadmissionpolicybindings/namespaces.viking.io",
            "mutatingadmissionpolicybindings/namespaces-old.viking.io");
    assertThat(documents.getFirst().type().path("", "x"))
        .isEqualTo("/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies/x");
  }

  @Test
  void bindings_comeAfterTheirPolicy() {
    Set<Object> policies = new HashSet<>();
    for (InstalledObject document : documents) {
      Map<?, ?> spec = spec(document);
      if (document.type().kind().equals("MutatingAdmissionPolicy")) {
        policies.add(document.name());
      } else {
        assertThat(policies).contains(spec.get("policyName"));
      }
    }
  }

  @Test
  void policies_canStopNoPod_andLookAtCreationsOnly() {
    assertThat(documents)
        .filteredOn(document -> document.type().kind().equals("MutatingAdmissionPolicy"))
        .hasSize(2)
        .allSatisfy(
            document -> {
              assertThat(spec(document).get("failurePolicy")).isEqualTo("Ignore");
              assertThat(spec(document).get("matchConstraints").toString())
                  .contains("resources=[pods]", "operations=[CREATE]");
            });
  }

  private static Map<?, ?> spec(InstalledObject document) {
    Map<String, Map<?, ?>> object = new Yaml().load(document.content());
    return object.get("spec");
  }
}
