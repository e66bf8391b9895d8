package io.viking.system;

import static io.viking.system.DoorObjects.metadata;
import static io.viking.system.DoorObjects.owner;
import static io.viking.system.DoorObjects.path;
import static io.viking.system.DoorObjects.pod;
import static io.viking.system.DoorObjects.spec;
import static io.viking.system.DoorObjects.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.util.PatchUtils;
import io.viking.cli.door.DoorRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules that warn instead, and what was let in by them. */
class DoorRulesIT {
  private static final String TOLD = ": a pod has no host whose files it could mount; ";

  private final Cluster cluster = SharedViking.cluster();
  private final DryRun dryRun = new DryRun(cluster.clients().apiClient());
  private String namespace = "";

  @BeforeAll
  static void awaitDoor() {
    DoorObjects.awaitInForce();
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    namespace = cluster.newNamespace("door-rules");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void rule_thatWarns_letsTheObjectIn_andTellsTheClient() throws Exception {
    try {
      rule(DoorRule.HOST_PATH, "warn");
      // Those that warn are policies of their own, which a new cluster goes by a moment later.
      Await.until(
          "a warning instead", () -> deployment().isTaken() && !deployment().warnings().isEmpty());
      assertThat(deployment().warnings())
          .anySatisfy(warning -> assertThat(warning).contains("volumes[0].hostPath" + TOLD));
      assertThat(
              dryRun
                  .create(
                      path(namespace, "v1", "pods"),
                      pod("{hostPID: true, containers: [{name: a, image: x}]}"))
                  .isTaken())
          .as("other rules go on")
          .isFalse();
    } finally {
      rule(DoorRule.HOST_PATH, "refuse");
      Await.until("the rule again", () -> !deployment().isTaken());
    }
  }

  /** What was there before the door, or while it warned, must not be stuck. */
  @Test
  void changes_thatLeaveABadFieldAlone_areTaken() throws Exception {
    Map<String, Object> old = owner("apps/v1", "Deployment", template("Deployment"));
    metadata(old).put("finalizers", List.of("viking.io/test"));
    spec(old).put("replicas", 0);
    try {
      rule(DoorRule.HOST_PATH, "warn");
      Await.until("a warning instead", () -> deployment().isTaken());
      new CustomObjectsApi(cluster.clients().apiClient())
          .createNamespacedCustomObject("apps", "v1", namespace, "deployments", old)
          .execute();
    } finally {
      rule(DoorRule.HOST_PATH, "refuse");
      Await.until("the rule again", () -> !deployment().isTaken());
    }

    assertThat(patched("{\"spec\":{\"replicas\":2}}")).isEmpty();
    assertThat(
            patched(
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"nginx:2\"}]}}}}"))
        .isEmpty();
    assertThat(patched("{\"spec\":{\"template\":{\"spec\":{\"hostPID\":true}}}}"))
        .contains("spec.template.spec.hostPID: a pod shares no host here")
        .doesNotContain("hostPath");
    assertThat(patched("{\"metadata\":{\"finalizers\":null}}")).isEmpty();
  }

  private String patched(String patch) {
    try {
      PatchUtils.patch(
          V1Deployment.class,
          () ->
              cluster
                  .apps()
                  .patchNamespacedDeployment("refused", namespace, new V1Patch(patch))
                  .buildCall(null),
          V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
          cluster.clients().apiClient());
      return "";
    } catch (ApiException refused) {
      return refused.getResponseBody();
    }
  }

  private void rule(DoorRule rule, String action) throws Exception {
    PatchUtils.patch(
        Object.class,
        () ->
            new CustomObjectsApi(cluster.clients().apiClient())
                .patchClusterCustomObject(
                    "viking.io",
                    "v1alpha1",
                    "doorpolicies",
                    "default",
                    Map.of("spec", Map.of("rules", Map.of(rule.key(), action))))
                .buildCall(null),
        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
        cluster.clients().apiClient());
  }

  private DryRun.Answer deployment() throws Exception {
    return dryRun.create(
        path(namespace, "apps/v1", "deployments"),
        owner("apps/v1", "Deployment", template("Deployment")));
  }

  @Test
  void doorPolicy_wordThatIsNone_orAnotherName_isRefused() {
    assertThatThrownBy(() -> rule(DoorRule.HOST_PATH, "ignore"))
        .asInstanceOf(type(ApiException.class))
        .satisfies(
            refused ->
                assertThat(refused.getResponseBody())
                    .contains("spec.rules.hostPath", "\\\"refuse\\\", \\\"warn\\\""));
    assertThatThrownBy(
            () ->
                new CustomObjectsApi(cluster.clients().apiClient())
                    .createClusterCustomObject(
                        "viking.io",
                        "v1alpha1",
                        "doorpolicies",
                        Map.of(
                            "apiVersion",
                            "viking.io/v1alpha1",
                            "kind",
                            "DoorPolicy",
                            "metadata",
                            Map.of("name", "mine")))
                    .execute())
        .asInstanceOf(type(ApiException.class))
        .satisfies(refused -> assertThat(refused.getResponseBody()).contains("name it default"));
  }
}
