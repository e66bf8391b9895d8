package io.viking.syncer.pods.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.status.ContainerState.Running;
import io.viking.syncer.pods.status.ContainerState.Terminated;
import io.viking.syncer.pods.status.ContainerState.Waiting;
import io.viking.syncer.pods.status.PresentStatus.Told;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read off a pod's model: what is missing and what is empty is one. */
class PresentStatusTest {
  private static final Waiting UNTOLD = new Waiting("ContainerCreating", "");
  private static final Optional<Instant> START = Optional.of(Instant.parse("2026-11-21T10:00:20Z"));

  @Test
  void status_ofAPodWithoutOne_saysNothing() {
    PresentStatus status = PodFacts.of(new V1Pod()).status();

    assertThat(status.phase()).isEmpty();
    assertThat(status.hostIps()).isEmpty();
    assertThat(status.hasStartTime()).isFalse();
    assertThat(status.containers()).isEmpty();
    assertThat(status.condition("Ready")).isEmpty();
  }

  @Test
  void condition_isFoundByType_withItsEmptyTexts() {
    PresentStatus status =
        status(
            """
            "conditions":[{"type":"PodScheduled","status":"True"},
              {"type":"Ready","status":"False","reason":"ContainersNotReady",
               "lastTransitionTime":"2026-11-21T10:00:20Z","observedGeneration":3}]
            """);

    assertThat(status.condition("Ready"))
        .contains(new Told("False", "ContainersNotReady", "", true, OptionalLong.of(3)));
    assertThat(status.condition("PodScheduled"))
        .contains(new Told("True", "", "", false, OptionalLong.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void state_table(String json, ContainerState state) {
    List<ContainerReport> reports =
        ContainerReports.appsOfPod(
            pod("\"containerStatuses\":[{\"name\":\"app\",\"state\":" + json + "}]"));

    assertThat(reports).extracting(ContainerReport::state).containsExactly(state);
  }

  static Stream<Arguments> state_table() {
    return Stream.of(
        Arguments.of("null", UNTOLD),
        Arguments.of("{}", UNTOLD),
        Arguments.of("{\"waiting\":{}}", UNTOLD),
        Arguments.of("{\"running\":{}}", UNTOLD),
        Arguments.of(
            "{\"waiting\":{\"reason\":\"ErrImagePull\"}}", new Waiting("ErrImagePull", "")),
        Arguments.of(
            "{\"running\":{\"startedAt\":\"2026-11-21T10:00:20.5Z\"}}", new Running(START)),
        Arguments.of(
            "{\"terminated\":{\"exitCode\":3,\"reason\":\"Error\",\"startedAt\":\"2026-11-21T10:00:20Z\"}}",
            new Terminated(3, 0, "Error", "", START, Optional.empty(), "")));
  }

  @Test
  void container_thatNobodyToldOf_isBeingCreated() {
    assertThat(ContainerReports.appsOfPod(pod("\"phase\":\"Pending\"")))
        .containsExactly(ContainerReport.waiting("app", ContainerReport.Role.APP, "nginx", UNTOLD));
  }

  private static PresentStatus status(String fields) {
    return pod(fields).status();
  }

  private static PodFacts pod(String status) {
    return PodFacts.of(
        KubeJson.gson()
            .fromJson(
                "{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"nginx\"}]},\"status\":{"
                    + status
                    + "}}",
                V1Pod.class));
  }
}
