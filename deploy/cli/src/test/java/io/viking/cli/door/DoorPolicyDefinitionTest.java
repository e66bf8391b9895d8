package io.viking.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DoorPolicyDefinitionTest {
  private final JsonObject version =
      new Gson()
          .fromJson(DoorPolicyDefinition.object().content(), JsonObject.class)
          .getAsJsonObject("spec")
          .getAsJsonArray("versions")
          .get(0)
          .getAsJsonObject();

  @Test
  void schema_hasEveryRule_whichRefusesUnlessItIsToldToWarn() {
    JsonObject rules =
        below(below(below(version.getAsJsonObject("schema"), "openAPIV3Schema"), "spec"), "rules")
            .getAsJsonObject("properties");

    assertThat(rules.keySet())
        .containsExactlyElementsOf(Arrays.stream(DoorRule.values()).map(DoorRule::key).toList());
    for (DoorRule rule : DoorRule.values()) {
      JsonObject field = rules.getAsJsonObject(rule.key());
      assertThat(field.get("default").getAsString()).isEqualTo("refuse");
      assertThat(field.get("enum").toString()).isEqualTo("[\"refuse\",\"warn\"]");
      assertThat(field.get("description").getAsString()).isEqualTo(rule.meaning());
    }
  }

  @Test
  void absentParts_areFilledIn_soThatAnEmptyPolicyRefusesAll() {
    JsonObject spec = below(version.getAsJsonObject("schema"), "openAPIV3Schema");
    assertThat(below(spec, "spec").get("default").toString()).isEqualTo("{}");
    assertThat(below(below(spec, "spec"), "rules").get("default").toString()).isEqualTo("{}");
  }

  @Test
  void columns_showEveryRule() {
    assertThat(version.getAsJsonArray("additionalPrinterColumns").toString())
        .contains(Arrays.stream(DoorRule.values()).map(r -> "\"" + r.key() + "\"").toList());
  }

  private static JsonObject below(JsonObject schema, String field) {
    JsonObject properties = schema.getAsJsonObject("properties");
    return (properties == null ? schema : properties).getAsJsonObject(field);
  }
}
