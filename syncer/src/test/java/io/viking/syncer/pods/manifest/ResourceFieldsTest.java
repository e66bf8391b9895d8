package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceFieldsTest {
  private static final JsonObject POD =
      JsonParser.parseString(
              """
              {"spec":{"containers":[
                {"name":"sized","resources":{"requests":{"cpu":"250m","memory":"100Mi"},
                                             "limits":{"cpu":"1500m","memory":"128Mi"}}},
                {"name":"unbounded","resources":{"requests":{"cpu":"500m"}}}]}}
              """)
          .getAsJsonObject();

  @ParameterizedTest(name = "{0} of {1} by {2} is {3}")
  @CsvSource({
    "limits.cpu, sized, '', 2",
    "limits.cpu, sized, 1m, 1500",
    "limits.memory, sized, '', 134217728",
    "limits.memory, sized, 1Mi, 128",
    "requests.cpu, sized, '', 1",
    "requests.memory, sized, 1Gi, 1",
    "requests.memory, unbounded, 1Mi, 0",
    "limits.cpu, unbounded, 1m, 750",
    "limits.memory, unbounded, 1Mi, 100",
    "limits.ephemeral-storage, unbounded, 1Gi, 20",
  })
  void read_table(String resource, String container, String divisor, String value)
      throws Exception {
    JsonObject ref = new JsonObject();
    ref.addProperty("resource", resource);
    ref.addProperty("containerName", container);
    ref.addProperty("divisor", divisor);

    assertThat(ResourceFields.read(POD, ref, Optional.empty())).isEqualTo(value);
  }
}
