package io.viking.adapter.sim.spec;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.TestPod;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.ContainerOrder;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderParserTest {
  private final OrderParser parser = new OrderParser(Profiles.instant());

  @ParameterizedTest(name = "{0} vCPU and {1} are {2}")
  @CsvSource({
    "100m, 64Mi, 0.25-0.5Gi",
    "250m, 512Mi, 0.25-0.5Gi",
    "250m, 513Mi, 0.25-1Gi",
    "300m, 64Mi, 0.5-1Gi",
    "1, 2Gi, 1-2Gi",
    "1, 3Gi, 1-4Gi",
    "1, 9Gi, 2-16Gi",
    "3, 5Gi, 4-8Gi",
    "4, 32Gi, 4-32Gi",
    "8, 16Gi, 8-16Gi",
    "52, 96Gi, 52-96Gi",
    "64, 512Gi, 64-512Gi",
    "1e0, 2147483648, 1-2Gi",
  })
  void requests_areRoundedUpToTheCheapestShape(String cpu, String memory, String shape) {
    assertThat(order(pod("a").resources(cpu, memory)).getTypesList()).containsExactly(shape);
  }

  @Test
  void noRequests_areOneVcpuAndTwoGib() {
    assertThat(order(pod("a")).getTypesList()).containsExactly("1-2Gi");
  }

  @ParameterizedTest(name = "{0} vCPU and {1} are refused")
  @CsvSource({"200, 2Gi, 64-", "6, 12Gi, 8-16Gi", "8, 20Gi, 8-32Gi", "2, 40Gi, 8-64Gi"})
  void illegalShape_isRefused_namingTheNearest(String cpu, String memory, String nearest) {
    CloudFailure failure = rejected(pod("a").resources(cpu, memory).spec());

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.metadata()).containsEntry("field", "spec.containers[].resources");
    assertThat(failure.message()).contains(cpu + " vCPU").contains(nearest);
  }

  @Test
  void ports_areKeptByProtocol() {
    String ports =
        """
        {"ports": [
          {"containerPort": 80},
          {"containerPort": 53, "protocol": "UDP"},
          {"containerPort": 53, "protocol": "TCP"}]}
        """;

    ContainerOrder container = order(pod("a").container("dns", ports)).getContainers(0);

    assertThat(container.getPortsList()).containsExactly(80, 53);
    assertThat(container.getUdpPortsList()).containsExactly(53);
  }

  @Test
  void containersAreSummed_initsByTheirMaximum_sidecarsAlways() {
    TestPod pod =
        pod("a")
            .init("big", resources("2", "2Gi"))
            .init("sidecar", "{\"restartPolicy\":\"Always\"," + resources("1", "1Gi").substring(1))
            .container("one", resources("500m", "1Gi"))
            .container("two", resources("500m", "2Gi"));

    // sidecar + apps: 2 vCPU, 4 GiB; the init container before the sidecar: 2 vCPU, 2 GiB.
    assertThat(order(pod).getTypesList()).containsExactly("2-4Gi");
  }

  @Test
  void typesByName_areTakenInOrder_inTheirCanonicalForm() {
    assertThat(order(pod("a").types("2.0-4.0Gi", ".25-.5Gi", "ecs.c6.large")).getTypesList())
        .containsExactly("2-4Gi", "0.25-0.5Gi", "ecs.c6.large");
  }

  @Test
  void unknownType_isRefused() {
    CloudFailure failure = rejected(pod("a").types("3-7Gi").spec());

    assertThat(failure.metadata())
        .containsEntry("field", "instance_types")
        .containsEntry("value", "3-7Gi");
    assertThat(failure.message()).contains("ecs.c6.large");
  }

  @Test
  void gpu_withoutAType_getsTheCheapestThatHoldsIt_andATypeWithTooFewIsRefused() {
    String gpu = "{\"resources\":{\"limits\":{\"nvidia.com/gpu\":\"2\"}}}";

    assertThat(order(pod("a").container("main", gpu)).getTypesList()).hasSize(1);
    assertThat(order(pod("a").container("main", gpu.replace("\"2\"", "\"1\""))).getTypesList())
        .containsExactly("ecs.gn5i-c2g1.large");
    CloudFailure failure =
        rejected(pod("a").container("main", gpu.replace("\"2\"", "\"99\"")).spec());
    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.message())
        .contains("nvidia.com/gpu")
        .contains("more than any GPU type has")
        .contains("ecs.gn6v-c8g1.8xlarge");
    assertThat(rejected(pod("a").container("main", gpu).types("ecs.gn5i-c4g1.xlarge").spec()))
        .extracting(CloudFailure::message)
        .asString()
        .contains("has 1 GPUs at most");
    assertThat(order(pod("a").container("main", gpu).types("ecs.gn6v-c8g1.8xlarge")).getTypesList())
        .containsExactly("ecs.gn6v-c8g1.8xlarge");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "run-seconds, soon",
    "run-seconds, -1",
    "exit-code, 256",
    "exit-code.main, one",
    "stop-seconds, 1h",
    "init-seconds, 1.2345",
    "run-secs, 5",
    "run-seconds.nobody, 5",
    "stop-seconds.main, 5",
  })
  void malformedAnnotation_isRefused_namingItAndTheForm(String key, String value) {
    CloudFailure failure = rejected(pod("a").sim(key, value).spec());

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.metadata())
        .containsEntry("field", "metadata.annotations[sim.viking.io/" + key + "]")
        .containsEntry("value", value);
  }

  @Test
  void annotations_ofOneContainerWin() {
    Order order =
        order(
            pod("a")
                .restart("Never")
                .init("prepare", "{}")
                .container("one", "{}")
                .container("two", "{}")
                .sim("run-seconds", "9")
                .sim("run-seconds.two", "1.5")
                .sim("run-seconds.prepare", "3")
                .sim("exit-code", "1")
                .sim("exit-code.two", "0"));

    assertThat(order.getContainersList())
        .extracting(ContainerOrder::getRunMillis)
        .containsExactly(3000L, 9000L, 1500L);
    assertThat(order.getContainersList())
        .extracting(ContainerOrder::getExitCode)
        .containsExactly(0, 1, 0);
  }

  @ParameterizedTest(name = "{0} is missing: {1}")
  @CsvSource({
    "nginx, false",
    "nginx:does-not-exist, true",
    "team/does-not-exist/app:1, true",
    "registry.invalid/app, true",
    "registry.invalid:5000/app, true",
    "registry.example.com/app@sha256:0123, false",
    "does-not-exist-yet, false",
  })
  void missingImages_areToldByTheirNames(String image, boolean missing) {
    assertThat(order(pod("a").image(image)).getContainers(0).getMissingImage()).isEqualTo(missing);
  }

  @Test
  void secrets_areNotTakenOver() {
    Order order =
        order(
            pod("a")
                .container("main", "{\"env\":[{\"name\":\"PASSWORD\",\"value\":\"hunter2\"}]}"));

    assertThat(order.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mountPath", "subPath"})
  void pathThatNobodyCouldGoDown_isRefused(String field) {
    String path = "/a".repeat(2049);
    String mount =
        field.equals("mountPath")
            ? "{\"name\":\"v\",\"mountPath\":\"" + path + "\"}"
            : "{\"name\":\"v\",\"mountPath\":\"/m\",\"subPath\":\"" + path + "\"}";

    CloudFailure failure =
        rejected(pod("a").container("main", "{\"volumeMounts\":[" + mount + "]}").spec());

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.metadata())
        .containsEntry("field", "spec.containers[0].volumeMounts[0]." + field);
    assertThat(failure.message()).endsWith("is longer than 4096 characters: shorten it");
  }

  @Test
  void unknownVolumeSource_isUnsupported() {
    CloudFailure failure =
        rejected(
            pod("a").field("volumes", "[{\"name\":\"v\",\"hostPath\":{\"path\":\"/\"}}]").spec());

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNSUPPORTED);
    assertThat(failure.metadata()).containsEntry("field", "spec.volumes[0].hostPath");
  }

  @Test
  void persistentVolumes_standForTheirClaims_andAreAccepted() {
    for (String source :
        new String[] {
          "\"csi\":{\"driver\":\"d\",\"volumeHandle\":\"v-1\"},\"mountOptions\":[\"ro\"]",
          "\"local\":{\"path\":\"/mnt/a\"}",
          "\"nfs\":{\"server\":\"s\",\"path\":\"/\"}"
        }) {
      order(pod("a").field("volumes", "[{\"name\":\"v\"," + source + "}]"));
    }
    CloudFailure failure =
        rejected(
            pod("a").field("volumes", "[{\"name\":\"v\",\"persistentVolumeClaim\":{}}]").spec());
    assertThat(failure.metadata()).containsEntry("field", "spec.volumes[0].persistentVolumeClaim");
  }

  @Test
  void whatCannotBeRead_isRefused_notThrown() {
    InstanceSpec good = pod("a").spec();
    assertRejected(good.toBuilder().setUid(""), "uid");
    assertRejected(good.toBuilder().setAttempt(0), "attempt");
    assertRejected(good.toBuilder().clearZones(), "zones");
    assertRejected(pod("a").zone("moon").spec().toBuilder(), "zones");
    assertRejected(
        pod("a").zone("cn-hangzhou-h", "vsw-sim-i").spec().toBuilder(),
        "zones[cn-hangzhou-h].vswitches");
    for (String manifest :
        new String[] {
          "",
          "{",
          "[]",
          "7",
          "null",
          "{}",
          "{\"spec\":7}",
          "{\"spec\":{\"containers\":{}}}",
          "{\"spec\":{\"containers\":[7]}}",
          "{\"spec\":{\"containers\":[{\"name\":{}}]}}",
          "{\"spec\":{\"containers\":[{\"name\":\"a\"}]}}",
        }) {
      assertThat(
              parser.parse(
                  good.toBuilder().setPodManifest(ByteString.copyFromUtf8(manifest)).build()))
          .as(manifest)
          .isInstanceOf(Parsed.Rejected.class);
    }
    assertThat(rejected(pod("a").resources("many", "2Gi").spec()).metadata())
        .containsEntry("field", "spec.containers[0].resources.requests.cpu")
        .containsEntry("value", "many");
  }

  private void assertRejected(InstanceSpec.Builder spec, String field) {
    assertThat(rejected(spec.build()).metadata()).containsEntry("field", field);
  }

  private Order order(TestPod pod) {
    return switch (parser.parse(pod.spec())) {
      case Parsed.Understood understood -> understood.order();
      case Parsed.Rejected rejected -> throw new AssertionError(rejected.failure().toString());
    };
  }

  private CloudFailure rejected(InstanceSpec spec) {
    return switch (parser.parse(spec)) {
      case Parsed.Understood understood -> throw new AssertionError(understood.order());
      case Parsed.Rejected rejected -> rejected.failure();
    };
  }

  private static String resources(String cpu, String memory) {
    return "{\"resources\":{\"limits\":{\"cpu\":\"" + cpu + "\",\"memory\":\"" + memory + "\"}}}";
  }
}
