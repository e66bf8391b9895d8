package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Environment.Value;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small rules of a kubelet about what a pod says of itself and of others. */
class KubeletWordsTest {
  private static final JsonObject POD =
      JsonParser.parseString(
              """
              {"metadata":{"name":"web","namespace":"shop","uid":"u","labels":{"b":"2","a":"1"},"annotations":{"k/x":"v"}},
               "spec":{"nodeName":"zone-a","serviceAccountName":"robot"}}
              """)
          .getAsJsonObject();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name | web",
        "metadata.namespace | shop",
        "metadata.uid | u",
        "metadata.labels['a'] | 1",
        "metadata.labels['none'] | ''",
        "metadata.annotations['k/x'] | v",
        "spec.nodeName | zone-a",
        "spec.serviceAccountName | robot",
      })
  void fields_table(String path, String value) {
    assertThat(PodFields.read(POD, path)).hasValue(value);
  }

  @Test
  void fields_ofMaps_areLinesInOrder_unknownOnesAreNone() {
    assertThat(PodFields.read(POD, "metadata.labels")).hasValue("a=\"1\"\nb=\"2\"");
    assertThat(PodFields.read(POD, "status.phase")).isEmpty();
  }

  @Test
  void quoted_isAsGoQuotes() {
    assertThat(PodFields.quoted("a\"b\\\n\t\u0001é\u00a0\u200b"))
        .isEqualTo("\"a\\\"b\\\\\\n\\t\\x01é\\u00a0\\u200b\"");
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "limits.cpu, divisor 1m | {\"limits\":{\"cpu\":\"1500m\"}} | {} | 1500",
        "limits.cpu, divisor 0 | {\"limits\":{\"cpu\":\"1500m\"}} | {} | 2",
        "requests.memory, divisor 1Mi | {\"requests\":{\"memory\":\"1025Ki\"}} | {} | 2",
        "requests.cpu, divisor 0 | {} | {} | 0",
        "limits.cpu, divisor 0 | {\"limits\":{\"cpu\":\"0\"},\"requests\":{\"cpu\":\"3\"}} | {} | 3",
        "limits.cpu, divisor 0 | {} | {\"limits\":{\"cpu\":\"8\"}} | 8",
        "limits.memory, divisor 1Gi | {} | {\"requests\":{\"memory\":\"6Gi\"}} | 6",
        "limits.memory, divisor 1Gi | {} | {} | 2",
        "limits.ephemeral-storage, divisor 1Gi | {} | {} | 20",
      })
  void resourceFields_table(String what, String container, String pod, String value)
      throws Exception {
    String[] parts = what.split(", divisor ");
    JsonObject app =
        JsonParser.parseString("{\"name\":\"app\",\"resources\":" + container + "}")
            .getAsJsonObject();
    JsonObject whole =
        JsonParser.parseString(
                "{\"spec\":{\"resources\":" + pod + ",\"containers\":[" + app + "]}}")
            .getAsJsonObject();
    JsonObject ref = new JsonObject();
    ref.addProperty("resource", parts[0]);
    ref.addProperty("divisor", parts[1]);

    assertThat(ResourceFields.read(whole, ref, Optional.of(app))).isEqualTo(value);
  }

  @Test
  void path_withAnUnknownVariable_isMissing_withOneOfTheAgentIsLeftToIt() throws Exception {
    Environment environment = new Environment(Map.of("SVC", "s"));
    environment.put("A", new Value.Text("a"));
    environment.put("IP", new Value.FromAgent("status.podIP"));

    assertThat(environment.expandKnown("$(A)/$(SVC)/$(IP)/$$(X)")).isEqualTo("a/s/$(IP)/$(X)");
    assertThatThrownBy(() -> environment.expandKnown("logs/$(NOPE)"))
        .isInstanceOf(MissingReferenceException.class)
        .hasMessage("missing value for \"NOPE\"");
  }

  @Test
  void nameservers_beyondThree_areLeftOut_andSaid() {
    JsonObject spec =
        JsonParser.parseString(
                "{\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\",\"2.2.2.2\",\"3.3.3.3\"]}}")
            .getAsJsonObject();
    List<Warning> warnings = new ArrayList<>();

    DnsResolver.resolve(
        spec,
        "shop",
        new ManifestConfig.Dns(List.of("10.0.0.53"), List.of(), false, "cluster.local"),
        warnings);

    assertThat(Json.strings(spec.getAsJsonObject("dnsConfig"), "nameservers"))
        .containsExactly("10.0.0.53", "1.1.1.1", "2.2.2.2");
    assertThat(warnings).extracting(Warning::reason).containsExactly("DNSConfigForming");
  }

  @Test
  void references_areReadOffTheSpec() {
    V1Pod pod =
        KubeJson.read(
            """
            {"metadata":{"namespace":"shop"},"spec":{
              "initContainers":[{"name":"i","envFrom":[{"secretRef":{"name":"s-env"}}]}],
              "containers":[{"name":"c","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"c-env","key":"k"}}}]}],
              "volumes":[{"name":"v","secret":{"secretName":"s-vol"}},{"name":"d","emptyDir":{}},
                {"name":"p","projected":{"sources":[{"configMap":{"name":"c-vol"}},
                  {"serviceAccountToken":{"path":"t"}},{"serviceAccountToken":{"path":"u","expirationSeconds":600}},
                  {"downwardAPI":{"items":[{"path":"l","fieldRef":{"fieldPath":"metadata.labels['x']"}}]}}]}}]}}
            """,
            V1Pod.class);

    PodReferences references = PodReferences.of(pod);

    assertThat(references.mounted())
        .containsExactlyInAnyOrder(
            Reference.secret("shop", "s-vol"), Reference.configMap("shop", "c-vol"));
    assertThat(references.started())
        .containsAll(references.mounted())
        .contains(Reference.secret("shop", "s-env"), Reference.configMap("shop", "c-env"))
        .hasSize(4);
    assertThat(references.metadataMounted()).isTrue();
    assertThat(references.tokenLife()).hasValue(Duration.ofSeconds(600));
    assertThat(references.fileVolumes()).isTrue();
  }
}
