package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** That nothing but the price differs from Gson's own reflection. */
class ModelAdaptersTest {
  private static final Gson PLAIN = PlainGson.create();
  private static final Gson GSON = KubeJson.gson();

  @Test
  void everyModel_isWrittenAsByReflection() throws Exception {
    var models = new TestingModels(2, 2);
    for (Class<?> model : TestingModels.all()) {
      Object object = models.filled(model, false);
      assertThat(GSON.toJson(object)).as("%s", model).isEqualTo(PLAIN.toJson(object));
      assertThat(GSON.toJsonTree(object)).as("%s", model).isEqualTo(PLAIN.toJsonTree(object));
    }
  }

  @Test
  void everyModel_isReadAsByReflection() throws Exception {
    var models = new TestingModels(3, 2);
    for (Class<?> model : TestingModels.all()) {
      String json = PLAIN.toJson(models.filled(model, false));
      String expected = PLAIN.toJson(PLAIN.fromJson(json, model));
      assertThat(PLAIN.toJson(GSON.fromJson(json, model))).as("%s", model).isEqualTo(expected);
      assertThat(PLAIN.toJson(GSON.fromJson(PLAIN.toJsonTree(GSON.fromJson(json, model)), model)))
          .as("%s", model)
          .isEqualTo(expected);
      assertThat(PLAIN.toJson(GSON.<Object>fromJson(bytes(json), model)))
          .as("%s from bytes", model)
          .isEqualTo(expected);
    }
  }

  @Test
  void podWithEverything_goesThereAndBack() throws Exception {
    V1Pod pod = new TestingModels(4, 6).filled(V1Pod.class, true);
    pod.getMetadata().setManagedFields(null);
    String json = PLAIN.toJson(pod);
    assertThat(json)
        .contains("\"volumes\"", "\"nfs\"", "\"csi\"", "\"projected\"", "\"ephemeral\"");
    assertThat(GSON.toJson(pod)).isEqualTo(json);
    V1Pod expected = PLAIN.fromJson(json, V1Pod.class);
    assertThat(GSON.fromJson(json, V1Pod.class)).isEqualTo(expected);
    V1Pod fromBytes = GSON.fromJson(bytes(json), V1Pod.class);
    assertThat(fromBytes).isEqualTo(expected);
  }

  @Test
  void nulls_areSetAsByReflection() {
    String json = "{\"containers\":null,\"nodeSelector\":null,\"nodeName\":null,\"hostPID\":null}";
    V1PodSpec spec = GSON.fromJson(json, V1PodSpec.class);
    assertThat(spec).isEqualTo(PLAIN.fromJson(json, V1PodSpec.class));
    assertThat(spec.getContainers()).isNull();
    assertThat(spec.getTolerations()).isEmpty();
  }

  @Test
  void nulls_areWrittenWhereAskedFor() {
    var container = new V1Container().name("a");
    assertThat(GSON.newBuilder().serializeNulls().create().toJson(container))
        .isEqualTo(PLAIN.newBuilder().serializeNulls().create().toJson(container));
  }

  @Test
  void lists_canBeAddedTo() {
    V1PodSpec spec = GSON.fromJson("{\"containers\":[{\"name\":\"a\"}]}", V1PodSpec.class);
    spec.addContainersItem(new V1Container().name("b"));
    assertThat(spec.getContainers()).hasSize(2);
  }

  @Test
  void wrongTypes_failAsByReflection() {
    for (String json :
        new String[] {
          "[]",
          "\"pod\"",
          "{\"metadata\":[]}",
          "{\"spec\":{\"containers\":{}}}",
          "{\"spec\":{\"hostNetwork\":[]}}",
          "{\"spec\":{\"priority\":\"high\"}}",
          "{\"spec\":{\"priority\":99999999999}}",
          "{\"metadata\":{\"labels\":{\"a\":\"1\",\"a\":\"2\"}}}",
          "{\"metadata\":",
        }) {
      assertThatThrownBy(() -> PLAIN.fromJson(json, V1Pod.class))
          .isInstanceOf(JsonSyntaxException.class);
      assertThatThrownBy(() -> GSON.fromJson(json, V1Pod.class))
          .as(json)
          .isInstanceOf(JsonSyntaxException.class);
      assertThatThrownBy(() -> GSON.fromJson(bytes(json), V1Pod.class))
          .as("%s from bytes", json)
          .isInstanceOf(RuntimeException.class);
    }
  }

  private static Utf8JsonReader bytes(String json) {
    return KubeJson.reader(json.getBytes(StandardCharsets.UTF_8));
  }
}
