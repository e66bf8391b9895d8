package io.viking.syncer.pods.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Timestamp;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.ContainerWaiting;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.Price;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PodStatusesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:30.789Z");
  private static final Timestamp START =
      Timestamp.newBuilder()
          .setSeconds(Instant.parse("2026-11-21T10:00:20Z").getEpochSecond())
          .setNanos(5)
          .build();

  private static final String ONE_CONTAINER =
      "\"containers\":[{\"name\":\"app\",\"image\":\"nginx\"}]";
  private static final String WITH_INIT =
      "\"initContainers\":[{\"name\":\"init\",\"image\":\"busybox\"}]," + ONE_CONTAINER;
  private static final String WITH_SIDECAR =
      "\"initContainers\":[{\"name\":\"side\",\"image\":\"proxy\",\"restartPolicy\":\"Always\"}],"
          + ONE_CONTAINER;

  @Test
  void patch_podRunning_takesItThereInOneWrite() {
    V1Pod pod = pod(ONE_CONTAINER, "{\"phase\":\"Pending\",\"qosClass\":\"BestEffort\"}");
    Instance instance =
        running()
            .addContainers(running("app"))
            .addConditions(
                InstanceCondition.newBuilder().setType("ContainerInstanceCreated").setStatus(true))
            .build();

    JsonObject patch = parse(PodStatuses.patch(pod, instance, "127.0.0.1", NOW));

    assertThat(patch)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"metadata":{
                   "labels":{"topology.kubernetes.io/zone":"zone-a"},
                   "annotations":{"viking.io/price":"0.176400 CNY/h",
                                  "k8s.aliyun.com/eci-instance-id":"eci-1",
                                  "k8s.aliyun.com/eci-instance-spec":"2-4Gi"},
                   "uid":"uid-1"},
                 "status":{
                   "phase":"Running",
                   "hostIP":"127.0.0.1","hostIPs":[{"ip":"127.0.0.1"}],
                   "podIP":"10.0.0.7","podIPs":[{"ip":"10.0.0.7"}],
                   "startTime":"2026-11-21T10:00:10Z",
                   "containerStatuses":[{"name":"app",
                     "state":{"running":{"startedAt":"2026-11-21T10:00:20Z"}},
                     "ready":true,"restartCount":0,"image":"nginx","imageID":"sha256:1",
                     "containerID":"sim://app","started":true}],
                   "conditions":[
                     {"type":"PodReadyToStartContainers","status":"True",
                      "lastTransitionTime":"2026-11-21T10:00:30Z","observedGeneration":3},
                     {"type":"Initialized","status":"True",
                      "lastTransitionTime":"2026-11-21T10:00:30Z","observedGeneration":3},
                     {"type":"Ready","status":"True",
                      "lastTransitionTime":"2026-11-21T10:00:30Z","observedGeneration":3},
                     {"type":"ContainersReady","status":"True",
                      "lastTransitionTime":"2026-11-21T10:00:30Z","observedGeneration":3},
                     {"type":"ContainerInstanceCreated","status":"True",
                      "lastTransitionTime":"2026-11-21T10:00:30Z","observedGeneration":3}],
                   "observedGeneration":3}}
                """));
  }

  @Test
  void patch_podSaysSoAlready_isEmpty() {
    Instance instance = running().addContainers(running("app")).build();
    V1Pod told = apply(pod(ONE_CONTAINER, "{}"), instance);

    assertThat(PodStatuses.patch(told, instance, "127.0.0.1", NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void patch_readinessLost_writesOnlyWhatChanged() {
    V1Pod told = apply(pod(ONE_CONTAINER, "{}"), running().addContainers(running("app")).build());
    Instance unready = running().addContainers(running("app").toBuilder().setReady(false)).build();

    JsonObject patch = parse(PodStatuses.patch(told, unready, "127.0.0.1", NOW.plusSeconds(60)));

    JsonObject status = patch.getAsJsonObject("status");
    assertThat(status.keySet()).containsExactlyInAnyOrder("containerStatuses", "conditions");
    assertThat(Json.objects(status, "conditions"))
        .extracting(c -> Json.string(c, "type"))
        .containsExactly("Ready", "ContainersReady");
    assertThat(condition(patch, "Ready"))
        .isEqualTo("False ContainersNotReady containers with unready status: [app]");
  }

  @Test
  void patch_conditionLosesItsReason_sendsNullToDropIt() {
    V1Pod told =
        apply(
            pod(ONE_CONTAINER, "{}"),
            running().addContainers(running("app").toBuilder().setReady(false)).build());

    String patch =
        PodStatuses.patch(told, running().addContainers(running("app")).build(), "127.0.0.1", NOW)
            .orElseThrow();

    assertThat(patch).contains("\"reason\":null", "\"message\":null");
  }

  @Test
  void patch_messageChangesButNotStatus_keepsTransitionTime() {
    V1Pod pod =
        pod(
            "\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]",
            """
            {"phase":"Running","conditions":[{"type":"Ready","status":"False",
              "reason":"ContainersNotReady","message":"containers with unready status: [a b]",
              "lastTransitionTime":"2026-11-21T09:00:00Z"}]}
            """);
    Instance oneReady =
        running()
            .addContainers(running("a"))
            .addContainers(running("b").toBuilder().setReady(false))
            .build();

    JsonObject ready =
        find(parse(PodStatuses.patch(pod, oneReady, "", NOW)), "Ready").orElseThrow();

    assertThat(Json.string(ready, "message")).isEqualTo("containers with unready status: [b]");
    assertThat(ready.has("lastTransitionTime")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void patch_readinessGate_decidesReady(String name, String gateCondition, String ready) {
    V1Pod pod =
        pod(
            ONE_CONTAINER + ",\"readinessGates\":[{\"conditionType\":\"lb/ready\"}]",
            "{\"conditions\":[" + gateCondition + "]}");

    JsonObject patch =
        parse(PodStatuses.patch(pod, running().addContainers(running("app")).build(), "", NOW));

    assertThat(condition(patch, "ContainersReady")).isEqualTo("True");
    assertThat(condition(patch, "Ready")).isEqualTo(ready);
    assertThat(find(patch, "lb/ready")).as("a foreign condition is not written").isEmpty();
  }

  static Stream<Arguments> patch_readinessGate_decidesReady() {
    return Stream.of(
        Arguments.of(
            "gate missing",
            "",
            "False ReadinessGatesNotReady corresponding condition of pod readiness gate"
                + " \"lb/ready\" does not exist."),
        Arguments.of(
            "gate closed",
            "{\"type\":\"lb/ready\",\"status\":\"False\"}",
            "False ReadinessGatesNotReady the status of pod readiness gate \"lb/ready\" is not"
                + " \"True\", but False"),
        Arguments.of("gate open", "{\"type\":\"lb/ready\",\"status\":\"True\"}", "True"));
  }

  record Row(
      String name,
      String spec,
      String presentPhase,
      Instance instance,
      String phase,
      String initialized,
      String ready) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void patch_table(Row row) {
    V1Pod pod = pod(row.spec(), "{\"phase\":\"" + row.presentPhase() + "\"}");

    V1Pod told = apply(pod, row.instance());

    assertThat(told.getStatus().getPhase()).isEqualTo(row.phase());
    assertThat(condition(told, "Initialized")).isEqualTo(row.initialized());
    assertThat(condition(told, "Ready")).isEqualTo(row.ready());
    assertThat(condition(told, "ContainersReady")).isEqualTo(row.ready());
  }

  static Stream<Row> patch_table() {
    String unready = "False ContainersNotReady containers with unready status: ";
    ContainerStatus initDone = ended("init", 0);
    return Stream.of(
        new Row(
            "accepted, nothing known",
            ONE_CONTAINER,
            "Pending",
            instance(InstancePhase.INSTANCE_PHASE_PENDING).build(),
            "Pending",
            "True",
            unready + "[app]"),
        new Row(
            "init container runs",
            WITH_INIT,
            "Pending",
            instance(InstancePhase.INSTANCE_PHASE_PENDING)
                .addInitContainers(running("init"))
                .build(),
            "Pending",
            "False ContainersNotInitialized containers with incomplete status: [init]",
            unready + "[app]"),
        new Row(
            "init container failed and waits",
            WITH_INIT,
            "Pending",
            instance(InstancePhase.INSTANCE_PHASE_PENDING)
                .addInitContainers(
                    waiting("init", "CrashLoopBackOff").toBuilder()
                        .setLastTermination(ended("init", 1).getTerminated())
                        .setRestartCount(2))
                .build(),
            "Pending",
            "False ContainersNotInitialized containers with incomplete status: [init]",
            unready + "[app]"),
        new Row(
            "init done, app runs",
            WITH_INIT,
            "Pending",
            running().addInitContainers(initDone).addContainers(running("app")).build(),
            "Running",
            "True",
            "True"),
        new Row(
            "sidecar not started",
            WITH_SIDECAR,
            "Pending",
            instance(InstancePhase.INSTANCE_PHASE_PENDING)
                .addInitContainers(running("side").toBuilder().setStarted(false).setReady(false))
                .build(),
            "Pending",
            "False ContainersNotInitialized containers with incomplete status: [side]",
            unready + "[side app]"),
        new Row(
            "sidecar restarts beside a running app",
            WITH_SIDECAR,
            "Running",
            running()
                .addInitContainers(
                    waiting("side", "CrashLoopBackOff").toBuilder()
                        .setLastTermination(ended("side", 1).getTerminated()))
                .addContainers(running("app"))
                .build(),
            "Running",
            "True",
            unready + "[side]"),
        new Row(
            "one of two cannot pull",
            "\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]",
            "Pending",
            running()
                .addContainers(running("a"))
                .addContainers(waiting("b", "ErrImagePull"))
                .build(),
            "Pending",
            "True",
            unready + "[b]"),
        new Row(
            "crash loop between restarts",
            ONE_CONTAINER,
            "Running",
            running()
                .addContainers(
                    waiting("app", "CrashLoopBackOff").toBuilder()
                        .setLastTermination(ended("app", 1).getTerminated()))
                .build(),
            "Running",
            "True",
            unready + "[app]"),
        new Row(
            "never back to Pending",
            ONE_CONTAINER,
            "Running",
            instance(InstancePhase.INSTANCE_PHASE_PENDING).build(),
            "Running",
            "True",
            unready + "[app]"),
        new Row(
            "succeeded",
            ONE_CONTAINER,
            "Running",
            instance(InstancePhase.INSTANCE_PHASE_SUCCEEDED).addContainers(ended("app", 0)).build(),
            "Succeeded",
            "True PodCompleted",
            "False PodCompleted"),
        new Row(
            "failed",
            ONE_CONTAINER,
            "Running",
            instance(InstancePhase.INSTANCE_PHASE_FAILED).addContainers(ended("app", 3)).build(),
            "Failed",
            "True",
            "False PodFailed"),
        new Row(
            "terminal stays",
            ONE_CONTAINER,
            "Succeeded",
            running().addContainers(running("app")).build(),
            "Succeeded",
            "True PodCompleted",
            "False PodCompleted"),
        new Row(
            "an unknown phase reads as running",
            ONE_CONTAINER,
            "Pending",
            running().setPhaseValue(99).addContainers(running("app")).build(),
            "Running",
            "True",
            "True"));
  }

  @Test
  void patch_instanceFailed_passesReasonOn() {
    Instance reclaimed =
        instance(InstancePhase.INSTANCE_PHASE_FAILED)
            .setReason("SpotReclaimed")
            .setMessage("taken back")
            .build();

    V1Pod told = apply(pod(ONE_CONTAINER, "{\"phase\":\"Running\"}"), reclaimed);

    assertThat(told.getStatus().getReason()).isEqualTo("SpotReclaimed");
    assertThat(told.getStatus().getMessage()).isEqualTo("taken back");
  }

  @Test
  void patch_twoFamilies_givesOneAddressOfEach() {
    Instance dual =
        running()
            .addAddresses("10.0.0.8")
            .addAddresses("fd00::1")
            .addContainers(running("app"))
            .build();

    V1Pod told = apply(pod(ONE_CONTAINER, "{}"), dual);

    assertThat(told.getStatus().getPodIPs())
        .extracting("ip")
        .containsExactly("10.0.0.7", "fd00::1");
  }

  @Test
  void patch_otherAddress_replacesTheList() {
    V1Pod pod = pod(ONE_CONTAINER, "{\"podIP\":\"10.9.9.9\",\"podIPs\":[{\"ip\":\"10.9.9.9\"}]}");

    assertThat(PodStatuses.patch(pod, running().build(), "", NOW).orElseThrow())
        .contains("\"podIPs\":[{\"ip\":\"10.0.0.7\"},{\"$patch\":\"replace\"}]");
  }

  @Test
  void waiting_forOneContainer_namesItThere() {
    V1Pod pod =
        pod("\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]", "{\"phase\":\"Pending\"}");

    JsonObject patch =
        parse(
            PodStatuses.waiting(
                pod, "b", "CreateContainerConfigError", "configmap \"x\" not found", NOW));

    List<JsonObject> statuses = Json.objects(patch.getAsJsonObject("status"), "containerStatuses");
    assertThat(statuses)
        .extracting(s -> s.get("state").toString())
        .containsExactly(
            "{\"waiting\":{\"reason\":\"ContainerCreating\"}}",
            "{\"waiting\":{\"reason\":\"CreateContainerConfigError\","
                + "\"message\":\"configmap \\\"x\\\" not found\"}}");
    assertThat(Json.string(patch.getAsJsonObject("metadata"), "uid")).isEqualTo("uid-1");
  }

  @Test
  void waiting_toldBefore_isEmpty() {
    V1Pod pod = pod(ONE_CONTAINER, "{\"phase\":\"Pending\"}");
    V1Pod told = merge(pod, parse(PodStatuses.waiting(pod, "", "ContainerCreating", "m", NOW)));

    assertThat(PodStatuses.waiting(told, "", "ContainerCreating", "m", NOW.plusSeconds(9)))
        .isEmpty();
  }

  @Test
  void waiting_podRunsAlready_isEmpty() {
    assertThat(
            PodStatuses.waiting(
                pod(ONE_CONTAINER, "{\"phase\":\"Running\"}"), "", "ContainerCreating", "", NOW))
        .isEmpty();
  }

  @Test
  void failed_podRefused_neverRan() {
    V1Pod pod = pod(ONE_CONTAINER, "{\"phase\":\"Pending\"}");

    V1Pod told = merge(pod, parse(PodStatuses.failed(pod, "ProviderFailed", "no such type", NOW)));

    assertThat(told.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(told.getStatus().getReason()).isEqualTo("ProviderFailed");
    assertThat(condition(told, "Ready")).isEqualTo("False PodFailed");
    var state = told.getStatus().getContainerStatuses().getFirst().getState();
    assertThat(state.getTerminated()).isNull();
    assertThat(state.getWaiting().getReason()).as("what kubectl shows").isEqualTo("ProviderFailed");
  }

  @Test
  void failed_instanceVanished_endsContainersAsUnknown() {
    V1Pod running =
        apply(pod(ONE_CONTAINER, "{}"), running().addContainers(running("app")).build());

    V1Pod told =
        merge(running, parse(PodStatuses.failed(running, "InstanceVanished", "gone", NOW)));

    var ended = told.getStatus().getContainerStatuses().getFirst().getState().getTerminated();
    assertThat(ended.getExitCode()).isEqualTo(137);
    assertThat(ended.getReason()).isEqualTo("ContainerStatusUnknown");
  }

  @Test
  void terminated_lastStateKnown_tellsIt() {
    V1Pod running =
        apply(pod(ONE_CONTAINER, "{}"), running().addContainers(running("app")).build());
    Instance last =
        instance(InstancePhase.INSTANCE_PHASE_SUCCEEDED).addContainers(ended("app", 0)).build();

    V1Pod told = merge(running, parse(PodStatuses.terminated(running, Optional.of(last), NOW)));

    assertThat(told.getStatus().getPhase()).isEqualTo("Succeeded");
    assertThat(condition(told, "Ready")).isEqualTo("False PodCompleted");
  }

  @Test
  void terminated_lastStateUnknown_isExitCode137AndFailed() {
    V1Pod running =
        apply(pod(ONE_CONTAINER, "{}"), running().addContainers(running("app")).build());

    V1Pod told = merge(running, parse(PodStatuses.terminated(running, Optional.empty(), NOW)));

    assertThat(told.getStatus().getPhase()).isEqualTo("Failed");
    assertThat(
            told.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getTerminated()
                .getExitCode())
        .isEqualTo(137);
  }

  @Test
  void terminated_toldBefore_isEmpty() {
    V1Pod running =
        apply(pod(ONE_CONTAINER, "{}"), running().addContainers(running("app")).build());
    V1Pod told = merge(running, parse(PodStatuses.terminated(running, Optional.empty(), NOW)));

    assertThat(PodStatuses.terminated(told, Optional.empty(), NOW.plusSeconds(5))).isEmpty();
  }

  @Test
  void isUneventful_beingMade_isTrueUntilSomethingHappens() {
    V1Pod pod = pod(ONE_CONTAINER, "{\"phase\":\"Pending\"}");
    Instance.Builder pending = instance(InstancePhase.INSTANCE_PHASE_PENDING);

    assertThat(PodStatuses.isUneventful(pod, pending.build())).isTrue();
    assertThat(
            PodStatuses.isUneventful(
                pod, pending.clone().addContainers(waiting("app", "ContainerCreating")).build()))
        .isTrue();
    assertThat(
            PodStatuses.isUneventful(
                pod, pending.clone().addContainers(waiting("app", "ErrImagePull")).build()))
        .isFalse();
    assertThat(
            PodStatuses.isUneventful(
                pod, pending.clone().addInitContainers(running("init")).build()))
        .isFalse();
    assertThat(PodStatuses.isUneventful(pod, running().build())).isFalse();
  }

  private static Instance.Builder running() {
    return instance(InstancePhase.INSTANCE_PHASE_RUNNING);
  }

  private static Instance.Builder instance(InstancePhase phase) {
    return Instance.newBuilder()
        .setUid("uid-1")
        .setInstanceId("eci-1")
        .setInstanceType("2-4Gi")
        .setZone("zone-a")
        .setPrice(Price.newBuilder().setCurrency("CNY").setNanosPerSecond(49_000))
        .addAddresses("10.0.0.7")
        .setCreateTime(Timestamp.newBuilder().setSeconds(START.getSeconds() - 10))
        .setPhase(phase);
  }

  private static ContainerStatus running(String name) {
    return ContainerStatus.newBuilder()
        .setName(name)
        .setImageId("sha256:1")
        .setContainerId("sim://" + name)
        .setRunning(ContainerRunning.newBuilder().setStartTime(START))
        .setStarted(true)
        .setReady(true)
        .build();
  }

  private static ContainerStatus waiting(String name, String reason) {
    return ContainerStatus.newBuilder()
        .setName(name)
        .setWaiting(ContainerWaiting.newBuilder().setReason(reason))
        .build();
  }

  private static ContainerStatus ended(String name, int exitCode) {
    return ContainerStatus.newBuilder()
        .setName(name)
        .setTerminated(
            ContainerTerminated.newBuilder()
                .setExitCode(exitCode)
                .setReason(exitCode == 0 ? "Completed" : "Error")
                .setStartTime(START)
                .setEndTime(START))
        .build();
  }

  private static V1Pod pod(String spec, String status) {
    return KubeJson.gson()
        .fromJson(
            "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"uid\":\"uid-1\",\"generation\":3},"
                + "\"spec\":{"
                + spec
                + "},\"status\":"
                + status
                + "}",
            V1Pod.class);
  }

  private static V1Pod apply(V1Pod pod, Instance instance) {
    return PodStatuses.patch(pod, instance, "127.0.0.1", NOW)
        .map(patch -> merge(pod, JsonParser.parseString(patch).getAsJsonObject()))
        .orElse(pod);
  }

  /** As the API server merges a status patch: conditions by type, everything else replaced. */
  private static V1Pod merge(V1Pod pod, JsonObject patch) {
    JsonObject merged = KubeJson.gson().toJsonTree(pod).getAsJsonObject();
    JsonObject status = merged.getAsJsonObject("status");
    patch
        .getAsJsonObject("metadata")
        .entrySet()
        .forEach(entry -> merged.getAsJsonObject("metadata").add(entry.getKey(), entry.getValue()));
    List<JsonObject> conditions = new java.util.ArrayList<>(Json.objects(status, "conditions"));
    for (var entry : patch.getAsJsonObject("status").entrySet()) {
      status.add(entry.getKey(), entry.getValue());
    }
    for (JsonObject changed : Json.objects(patch.getAsJsonObject("status"), "conditions")) {
      var present =
          conditions.stream()
              .filter(c -> Json.string(c, "type").equals(Json.string(changed, "type")))
              .findFirst();
      if (present.isEmpty()) {
        conditions.add(changed);
      } else {
        changed.entrySet().forEach(e -> present.get().add(e.getKey(), e.getValue()));
      }
    }
    com.google.gson.JsonArray array = new com.google.gson.JsonArray();
    conditions.forEach(array::add);
    status.add("conditions", array);
    return KubeJson.gson().fromJson(merged, V1Pod.class);
  }

  private static JsonObject parse(Optional<String> patch) {
    return JsonParser.parseString(patch.orElseThrow()).getAsJsonObject();
  }

  private static Optional<JsonObject> find(JsonObject patch, String type) {
    return Json.objects(patch.getAsJsonObject("status"), "conditions").stream()
        .filter(c -> Json.string(c, "type").equals(type))
        .findFirst();
  }

  private static String condition(JsonObject patch, String type) {
    return find(patch, type)
        .map(
            c ->
                String.join(
                        " ",
                        Json.string(c, "status"),
                        Json.string(c, "reason"),
                        Json.string(c, "message"))
                    .strip())
        .orElse("absent");
  }

  private static String condition(V1Pod pod, String type) {
    return condition(KubeJson.gson().toJsonTree(pod).getAsJsonObject(), type);
  }
}
