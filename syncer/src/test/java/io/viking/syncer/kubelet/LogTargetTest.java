package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.KubeJson;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTargetTest {
  private static final Route.ContainerLogs APP = new Route.ContainerLogs("shop", "web", "app");

  @Test
  void of_noSuchPod_isNotFound() {
    assertThat(LogTarget.of(APP, Optional.empty(), false))
        .isEqualTo(new LogTarget.Refused(404, "pod \"web\" does not exist"));
  }

  @ParameterizedTest(name = "{0} previous={1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"app\",\"state\":{\"running\":{}}} | false | found",
        "{\"name\":\"app\",\"state\":{\"terminated\":{\"exitCode\":0}}} | false | found",
        "{\"name\":\"app\",\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":{\"terminated\":{\"exitCode\":1}}} | false | found",
        "{\"name\":\"app\",\"state\":{\"running\":{}},\"lastState\":{\"terminated\":{\"exitCode\":1}}} | true | found",
        "{\"name\":\"app\",\"state\":{\"running\":{}}} | true"
            + " | 400 previous terminated container \"app\" in pod \"web\" not found",
        "{\"name\":\"app\",\"state\":{\"waiting\":{\"reason\":\"ContainerCreating\"}}} | false"
            + " | 400 container \"app\" in pod \"web\" is waiting to start: ContainerCreating",
        "{\"name\":\"app\",\"state\":{\"waiting\":{\"reason\":\"ErrImagePull\"}}} | false"
            + " | 400 container \"app\" in pod \"web\" is waiting to start: image can't be pulled",
        "{\"name\":\"app\",\"state\":{\"waiting\":{\"reason\":\"ImagePullBackOff\"}}} | false"
            + " | 400 container \"app\" in pod \"web\" is waiting to start: trying and failing to pull image",
        "{\"name\":\"other\"} | false"
            + " | 400 container \"app\" in pod \"web\" is waiting to start: ContainerCreating",
      })
  void of_table(String status, boolean previous, String expected) {
    V1Pod pod = pod(status);

    String told =
        switch (LogTarget.of(APP, Optional.of(pod), previous)) {
          case LogTarget.Found(String uid, int _) -> uid.equals("uid-1") ? "found" : uid;
          case LogTarget.Refused(int code, String message) -> code + " " + message;
        };

    assertThat(told).isEqualTo(expected);
  }

  @Test
  void of_noSuchContainer_isNotFound() {
    var nope = new Route.ContainerLogs("shop", "web", "nope");

    assertThat(LogTarget.of(nope, Optional.of(pod("{\"name\":\"app\"}")), false))
        .isEqualTo(new LogTarget.Refused(404, "container \"nope\" not found in pod \"web\""));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"app\",\"restartCount\":2,\"state\":{\"running\":{}}} | true",
        "{\"name\":\"app\",\"restartCount\":3,\"state\":{\"running\":{}}} | false",
        "{\"name\":\"app\",\"restartCount\":2,\"state\":{\"terminated\":{\"exitCode\":0}}} | false",
      })
  void goesOn_whileTheStartThatWritesIt_runs(String status, boolean expected) {
    var log = new LogTarget.Found("uid-1", 2);

    assertThat(LogTarget.goesOn(APP, Optional.of(pod(status)), log)).isEqualTo(expected);
  }

  @Test
  void goesOn_podIsGoneOrAnother_ends() {
    V1Pod another = pod("{\"name\":\"app\",\"state\":{\"running\":{}}}");

    assertThat(LogTarget.goesOn(APP, Optional.empty(), new LogTarget.Found("uid-1", 0))).isFalse();
    assertThat(LogTarget.goesOn(APP, Optional.of(another), new LogTarget.Found("uid-0", 0)))
        .isFalse();
  }

  private static V1Pod pod(String status) {
    return KubeJson.gson()
        .fromJson(
            "{\"metadata\":{\"name\":\"web\",\"uid\":\"uid-1\"},\"spec\":{\"containers\":[{\"name\":\"app\"}]},"
                + "\"status\":{\"containerStatuses\":["
                + status.replaceFirst(
                    "\\{",
                    "{\"image\":\"i\",\"imageID\":\"\",\"ready\":false,"
                        + (status.contains("restartCount") ? "" : "\"restartCount\":0,"))
                + "]}}",
            V1Pod.class);
  }
}
