package io.viking.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.viking.kube.cache.ResourceType;
import org.junit.jupiter.api.Test;

class AppliedContentTest {
  private static final String YAML =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: one
        labels: {app: a}
      spec:
        limit: 1000
        fine: true
        nothing: {}
        zero: 0
        rules:
        - {verbs: [get, list], name: x}
        - {verbs: [watch]}
      """;

  private final AppliedContent content = AppliedContent.of(object(YAML));

  @Test
  void of_carriesAFingerprintOfItself() {
    assertThat(fingerprint(content.json())).hasSize(16);
    assertThat(fingerprint(AppliedContent.of(object(YAML + "more: 1\n")).json()))
        .isNotEqualTo(fingerprint(content.json()));
    assertThat(content.isIn(content.json())).isTrue();
  }

  @Test
  void isIn_serverAddedFieldsAndLeftOutWhatIsEmpty_isTrue() {
    JsonObject there = there();
    there.getAsJsonObject("metadata").addProperty("uid", "u");
    there.getAsJsonObject("spec").addProperty("policy", "Equivalent");
    there.getAsJsonObject("spec").remove("nothing");
    there.getAsJsonObject("spec").remove("zero");
    there.getAsJsonObject("spec").addProperty("limit", 1000.0);
    first(there).addProperty("default", "d");
    assertThat(content.isIn(there)).isTrue();
  }

  @Test
  void isIn_somebodyChangedIt_isFalse() {
    JsonObject value = there();
    value.getAsJsonObject("spec").addProperty("limit", 999);
    assertThat(content.isIn(value)).as("a value").isFalse();

    JsonObject gone = there();
    gone.getAsJsonObject("spec").remove("fine");
    assertThat(content.isIn(gone)).as("a field that is gone").isFalse();

    JsonObject item = there();
    item.getAsJsonObject("spec").getAsJsonArray("rules").remove(1);
    assertThat(content.isIn(item)).as("an item that is gone").isFalse();

    JsonObject order = there();
    first(order).add("verbs", JsonParser.parseString("[list, get]"));
    assertThat(content.isIn(order)).as("another order").isFalse();

    JsonObject kind = there();
    kind.getAsJsonObject("spec").addProperty("rules", "none");
    assertThat(content.isIn(kind)).as("another type").isFalse();
  }

  /** A field that an older version applied, and this one does not want, has to go. */
  @Test
  void isIn_appliedByAnotherVersion_isFalse() {
    JsonObject older = AppliedContent.of(object(YAML + "old: 1\n")).json();
    assertThat(content.isIn(older)).isFalse();
  }

  private JsonObject there() {
    return content.json().deepCopy();
  }

  private static JsonObject first(JsonObject there) {
    return there.getAsJsonObject("spec").getAsJsonArray("rules").get(0).getAsJsonObject();
  }

  private static String fingerprint(JsonObject json) {
    JsonElement annotations = json.getAsJsonObject("metadata").get("annotations");
    return annotations.getAsJsonObject().get(AppliedContent.FINGERPRINT).getAsString();
  }

  private static InstalledObject object(String yaml) {
    return new InstalledObject(
        new ResourceType<>(V1ConfigMap.class, "", "v1", "configmaps", "ConfigMap", true),
        "default",
        "one",
        yaml);
  }
}
