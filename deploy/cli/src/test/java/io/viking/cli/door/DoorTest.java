package io.viking.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyBinding;
import io.viking.cli.install.ApplyingApi;
import io.viking.cli.install.Installer;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoorTest {
  private final ApplyingApi api = new ApplyingApi();
  private final Door door = new Door(new Installer(api, Duration.ZERO), Duration.ZERO);

  @Test
  void apply_definesTheParametersFirst_andMakesThemOnce() throws Exception {
    assertThat(door.apply(Pools.able(), Scope.EVERY_POD)).isEqualTo(new Door.Outcome.Applied());
    assertThat(door.apply(Pools.able(), Scope.EVERY_POD)).isEqualTo(new Door.Outcome.Applied());

    assertThat(api.applied())
        .startsWith("customresourcedefinitions/doorpolicies.viking.io")
        .contains("validatingadmissionpolicies/pods.door.viking.io")
        .as("each once: what is there already is not written")
        .contains("doorpolicies/default")
        .hasSize(2 + 2 * Gates.NAMES.size());
    assertThat(api.deleted()).isEmpty();
  }

  @Test
  void apply_kindIsNotServedYet_isWaitedFor() throws Exception {
    api.failNext(failure(503, "busy"));
    api.failNext(failure(503, "busy again"));
    assertThat(door.apply(Pools.able(), Scope.EVERY_POD)).isEqualTo(new Door.Outcome.Applied());

    ApplyingApi later = new ApplyingApi();
    later.answerNext();
    for (int i = 0; i < 10; i++) {
      later.failNext(failure(404, "the server could not find the requested resource"));
    }
    assertThat(
            new Door(new Installer(later, Duration.ZERO), Duration.ZERO)
                .apply(Pools.able(), Scope.EVERY_POD))
        .isEqualTo(new Door.Outcome.Applied());
    assertThat(later.applied()).contains("doorpolicies/default");
  }

  @Test
  void apply_clusterHasBecomeHybrid_removesWhatIsOfMachines() throws Exception {
    for (String name :
        new String[] {"services.door.viking.io", "services.door.viking.io-warnings"}) {
      api.put(
          DoorManifest.POLICIES,
          new V1ValidatingAdmissionPolicy().metadata(new V1ObjectMeta().name(name).uid(name)));
      api.put(
          DoorManifest.BINDINGS,
          new V1ValidatingAdmissionPolicyBinding()
              .metadata(new V1ObjectMeta().name(name).uid(name + "-b")));
    }

    assertThat(door.apply(Pools.able(), Scope.CHOSEN_PODS)).isEqualTo(new Door.Outcome.Applied());

    assertThat(api.deleted())
        .containsExactly(
            "validatingadmissionpolicybindings/services.door.viking.io",
            "validatingadmissionpolicies/services.door.viking.io",
            "validatingadmissionpolicybindings/services.door.viking.io-warnings",
            "validatingadmissionpolicies/services.door.viking.io-warnings");
  }

  @Test
  void apply_forbidden_saysWhatIsMissingAndWhatHappensInstead() throws Exception {
    api.failNext(failure(403, "user \"eve\" cannot patch customresourcedefinitions"));
    assertThat(why())
        .startsWith("viking may not write the admission policies (user \"eve\" cannot patch")
        .contains("allow it, or say --no-door")
        .endsWith("not refused when it is made, but told later or left out");
  }

  @Test
  void apply_olderApiServer_saysSince() throws Exception {
    api.answerNext();
    api.answerNext();
    api.failNext(failure(404, "404 page not found"));
    assertThat(why())
        .startsWith("this API server does not take validatingadmissionpolicies")
        .contains("1.30");
  }

  @Test
  void apply_invalid_saysWhy() throws Exception {
    api.answerNext();
    api.answerNext();
    api.failNext(failure(422, "spec.variables[3]: undeclared reference"));
    assertThat(why()).startsWith("the admission policies were not applied: spec.variables[3]");
  }

  private String why() throws InterruptedException {
    return switch (door.apply(Pools.able(), Scope.EVERY_POD)) {
      case Door.Outcome.Missing(String why) -> why;
      case Door.Outcome.Applied() -> "applied";
    };
  }

  private static KubeApiException failure(int code, String message) {
    return new KubeApiException(code, "", message, Optional.empty());
  }
}
