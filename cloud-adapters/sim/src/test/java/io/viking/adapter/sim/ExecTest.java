package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.adapter.sim.profile.Profiles;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.InstanceServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exec does beyond the contract. */
class ExecTest {
  @TempDir Path state;

  @Test
  void fileThatACommandWrote_isThereForTheNext_untilTheContainerStartsAnew() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a").sim("run-seconds", "2"));

      assertThat(exec(sim, "sh", "-c", "echo mine > /tmp/f").exit()).isZero();
      assertThat(exec(sim, "cat", "/tmp/f").output()).isEqualTo("mine\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> exec(sim, "test", "-e", "/tmp/f").exit() == 1);
    }
  }

  @Test
  void callerThatGoes_leavesNothingBehind() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a"));
      Execs.Call call = Execs.begin(sim, "a", "main", List.of("sleep", "3600"));
      await().atMost(Duration.ofSeconds(20)).until(() -> sim.adapter().visits() == 1);

      call.stream().cancel("The test has seen enough", null);

      await().atMost(Duration.ofSeconds(20)).until(() -> sim.adapter().visits() == 0);
    }
  }

  @Test
  void callerThatGoes_endsEvenACommandThatNeverWaits() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a"));
      Execs.Call call = Execs.begin(sim, "a", "main", List.of("wc", "-c", "/dev/zero"));
      await().atMost(Duration.ofSeconds(20)).until(() -> sim.adapter().visits() == 1);

      call.stream().cancel("The test has seen enough", null);

      await().atMost(Duration.ofSeconds(20)).until(() -> sim.adapter().visits() == 0);
    }
  }

  @Test
  void containerThatEnds_killsItsCommands() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a").restart("Never").sim("run-seconds", "1"));

      assertThat(exec(sim, "sleep", "3600").exit()).isEqualTo(137);
      assertThat(sim.adapter().visits()).isZero();
    }
  }

  private static Execs.Done exec(ServedSim sim, String... command) throws Exception {
    return Execs.run(sim, "a", "main", List.of(command));
  }

  private ServedSim served() throws IOException {
    return new ServedSim(Profiles.instant(), state);
  }

  private static void create(ServedSim sim, TestPod pod) {
    assertThat(
            InstanceServiceGrpc.newBlockingStub(sim.channel())
                .createInstances(
                    CreateInstancesRequest.newBuilder()
                        .setClusterId(Execs.CLUSTER)
                        .addInstances(pod.spec())
                        .build())
                .getResults(0)
                .hasInstance())
        .isTrue();
  }
}
