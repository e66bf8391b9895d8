package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.NodeV1Api;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1RuntimeClass;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** docs/compatibility.md is true: it has every field of a pod, and what it says is refused is. */
class CompatibilityIT {
  private static final String RUNTIME_CLASS = "door-test";

  private static final ApiClient client = SharedViking.cluster().clients().apiClient();
  private static CompatibilityPage page;

  /**
   * A pod that is refused.
   *
   * @param row of the page
   * @param path of the field, which the answer names
   * @param dropped a field that this API server leaves out, if it does not know it
   */
  record Example(String row, String path, Map<String, Object> spec, Optional<String> dropped) {
    @Override
    public String toString() {
      return path;
    }
  }

  @BeforeAll
  static void prepare() throws Exception {
    page = CompatibilityPage.read();
    new NodeV1Api(client)
        .createRuntimeClass(
            new V1RuntimeClass().metadata(new V1ObjectMeta().name(RUNTIME_CLASS)).handler("runc"))
        .execute();
    DoorObjects.awaitInForce();
  }

  @AfterAll
  static void cleanUp() throws Exception {
    new NodeV1Api(client).deleteRuntimeClass(RUNTIME_CLASS).buildCall(null).execute().close();
  }

  @Test
  void everyFieldOfAPod_hasARow_andNoOtherDoes() throws Exception {
    Set<String> documented = new TreeSet<>();
    page.rows().keySet().forEach(row -> documented.add(row.replace(".*", "")));

    assertThat(new TreeSet<>(PodSchema.of(client).fields(this::hasNothingBelow)))
        .as("fields of the API server's schema, and rows of docs/compatibility.md")
        .isEqualTo(documented);
  }

  private boolean hasNothingBelow(String field) {
    return page.rows().containsKey(field + ".*")
        || Optional.ofNullable(page.rows().get(field))
            .map(CompatibilityPage.Row::isRefused)
            .orElse(false);
  }

  @Test
  void verdicts_areThree() {
    assertThat(page.rows())
        .allSatisfy(
            (field, row) ->
                assertThat(row.verdict()).as(field).matches("(honoured|passed on|refused)\\b.*"));
  }

  @Test
  void everyRefusedRow_hasAnExample_andNoOtherDoes() {
    Set<String> tried = new TreeSet<>();
    examples().forEach(example -> tried.add(example.row()));
    tried.add("PodSpec.ephemeralContainers"); // of a running pod: DoorIT

    assertThat(new TreeSet<>(page.toldOf())).isEqualTo(tried);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void refusedField_isToldInTheWordsOfThePage(Example example) throws Exception {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("containers", List.of(Map.of("name", "main", "image", "nginx")));
    spec.putAll(example.spec());
    DryRun.Answer answer =
        new DryRun(client)
            .create(
                "/api/v1/namespaces/default/pods",
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Pod",
                    "metadata",
                    Map.of("name", "refused"),
                    "spec",
                    spec));

    if (example.dropped().isPresent() && answer.isTaken()) {
      assertThat(answer.object().get("spec").toString()).doesNotContain(example.dropped().get());
    } else {
      assertThat(answer.code()).as(answer.message()).isEqualTo(422);
      assertThat(answer.message())
          .contains(example.path() + ": ", page.rows().get(example.row()).sentence());
    }
  }

  @SuppressWarnings("unchecked") // a file of ours
  static Stream<Example> examples() {
    InputStream file = CompatibilityIT.class.getResourceAsStream("refused-fields.yaml");
    List<Map<String, Object>> examples = new Yaml().load(file);
    return examples.stream()
        .map(
            example ->
                new Example(
                    (String) example.get("row"),
                    (String) example.get("path"),
                    (Map<String, Object>) example.get("spec"),
                    Optional.ofNullable((String) example.get("dropped"))));
  }
}
