package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1Volume;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeJsonTest {
  @Test
  void read_unknownFields_areTolerated() {
    V1Pod pod =
        KubeJson.read(
            """
            {"kind": "Pod", "fromTheFuture": {"a": 1}, "metadata": {"name": "a", "later": []},
             "spec": {"new": true, "containers": [{"name": "c", "newest": 3}]}}
            """,
            V1Pod.class);
    assertThat(pod.getMetadata().getName()).isEqualTo("a");
    assertThat(pod.getSpec().getContainers()).hasSize(1);
  }

  @Test
  void write_emptyCollections_areLeftOut() {
    var pod =
        new V1Pod()
            .metadata(new V1ObjectMeta().name("a"))
            .spec(new V1PodSpec().addContainersItem(new V1Container().name("c")))
            .status(new V1PodStatus().phase("Running"));
    assertThat(JsonParser.parseString(KubeJson.write(pod)))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"metadata": {"name": "a"}, "spec": {"containers": [{"name": "c"}]},
                 "status": {"phase": "Running"}}
                """));
  }

  @Test
  void write_emptyObjects_stay() {
    var volume = new V1Volume().name("v").emptyDir(new V1EmptyDirVolumeSource());
    assertThat(KubeJson.write(volume)).isEqualTo("{\"emptyDir\":{},\"name\":\"v\"}");
  }

  @Test
  void write_time_isUtcWithSixDigits() {
    var lease =
        new V1Lease()
            .spec(new V1LeaseSpec().renewTime(OffsetDateTime.parse("2026-01-01T02:00:00.5+02:00")));
    assertThat(KubeJson.write(lease))
        .isEqualTo("{\"spec\":{\"renewTime\":\"2026-01-01T00:00:00.500000Z\"}}");
  }

  @Test
  void read_times_ofBothPrecisions() {
    V1Pod pod =
        KubeJson.read(
            "{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:00Z\"}}", V1Pod.class);
    assertThat(pod.getMetadata().getCreationTimestamp())
        .isEqualTo(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
    V1Lease lease =
        KubeJson.read("{\"spec\":{\"renewTime\":\"2026-01-01T00:00:00.123456Z\"}}", V1Lease.class);
    assertThat(lease.getSpec().getRenewTime())
        .isEqualTo(OffsetDateTime.parse("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void read_malformedTime_saysSo() {
    assertThatThrownBy(
            () ->
                KubeJson.read("{\"metadata\":{\"creationTimestamp\":\"yesterday\"}}", V1Pod.class))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("yesterday");
  }

  @Test
  void quantitiesPortsAndBytes_goThereAndBack() {
    var requests =
        new V1ResourceRequirements().requests(Map.of("memory", Quantity.fromString("1Gi")));
    assertThat(KubeJson.read(KubeJson.write(requests), V1ResourceRequirements.class))
        .isEqualTo(requests);
    var port = new V1ServicePort().targetPort(new IntOrString("http")).port(80);
    assertThat(KubeJson.read(KubeJson.write(port), V1ServicePort.class)).isEqualTo(port);
    byte[] bytes = "secret".getBytes(StandardCharsets.UTF_8);
    var secret = new V1Secret().data(Map.of("key", bytes));
    assertThat(KubeJson.write(secret)).isEqualTo("{\"data\":{\"key\":\"c2VjcmV0\"}}");
    assertThat(KubeJson.read(KubeJson.write(secret), V1Secret.class).getData().get("key"))
        .isEqualTo(bytes);
  }

  @Test
  void read_equalStrings_areOneObject() {
    String json = "{\"metadata\":{\"namespace\":\"team-a\",\"labels\":{\"app\":\"web\"}}}";
    V1ObjectMeta first = KubeJson.read(json, V1Pod.class).getMetadata();
    V1ObjectMeta second = KubeJson.read(json, V1Pod.class).getMetadata();
    assertThat(first.getNamespace()).isSameAs(second.getNamespace());
    assertThat(first.getLabels().keySet().iterator().next())
        .isSameAs(second.getLabels().keySet().iterator().next());
  }

  @Test
  void read_managedFields_areSkipped() {
    V1Pod pod =
        KubeJson.read("{\"metadata\":{\"managedFields\":[{\"manager\":\"x\"}]}}", V1Pod.class);
    assertThat(pod.getMetadata().getManagedFields()).isNullOrEmpty();
  }
}
