package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final V1Pod POD =
      new V1Pod()
          .metadata(
              new V1ObjectMeta()
                  .name("web")
                  .namespace("shop")
                  .uid("uid-1")
                  .resourceVersion("7")
                  .labels(Map.of())
                  .annotations(Map.of("kept", "1", "left", "2")))
          .spec(
              new V1PodSpec()
                  .nodeName("zone-a")
                  .serviceAccountName("robot")
                  .nodeSelector(Map.of("a", "b"))
                  .overhead(Map.of())
                  .tolerations(List.of())
                  .addContainersItem(
                      new V1Container()
                          .name("app")
                          .args(List.of())
                          .resources(new V1ResourceRequirements().limits(Map.of())))
                  .addVolumesItem(
                      new V1Volume().name("scratch").emptyDir(new V1EmptyDirVolumeSource())))
          .status(new V1PodStatus().phase("Pending"));

  @Test
  void manifest_holdsWhatSaysSomething_andIsNotAnsweredElsewhere() {
    assertThat(Manifest.of(Manifest.source(POD), Map.of("kept", "1")))
        .isEqualTo(
            parse(
                """
                {"apiVersion":"v1","kind":"Pod",
                 "metadata":{"name":"web","namespace":"shop","uid":"uid-1","annotations":{"kept":"1"}},
                 "spec":{"containers":[{"name":"app","resources":{}}],
                         "volumes":[{"name":"scratch","emptyDir":{}}]}}
                """));
  }

  @Test
  void manifest_ofAnEmptyPod_isOne() {
    assertThat(Manifest.of(Manifest.source(new V1Pod()), Map.of()))
        .isEqualTo(parse("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{},\"spec\":{}}"));
  }

  @Test
  void source_keepsWhatThePodIsAskedFor_whenTheManifestDropsIt() {
    JsonObject source = Manifest.source(POD);

    Manifest.of(source, Map.of());

    assertThat(PodFields.read(source, "spec.serviceAccountName")).contains("robot");
    assertThat(PodFields.read(source, "spec.nodeName")).contains("zone-a");
    assertThat(PodFields.read(source, "metadata.annotations['left']")).contains("2");
    assertThat(PodFields.read(source, "spec.hostname")).isEmpty();
  }

  private static JsonObject parse(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }
}
