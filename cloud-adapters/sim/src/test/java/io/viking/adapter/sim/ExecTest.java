package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.InstanceServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exec does beyond the contract. */
class ExecTest {
  private static final String CLUSTER = "cluster-a";

  @TempDir Path state;

  @Test
  void fileThatACommandWrote_isThereForTheNext_untilTheContainerStartsAnew() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a").sim("run-seconds", "2"));

      assertThat(exec(sim, "a", "sh", "-c", "echo mine > /tmp/f").exit()).isZero();
      assertThat(exec(sim, "a", "cat", "/tmp/f").out()).isEqualTo("mine\n");
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> exec(sim, "a", "test", "-e", "/tmp/f").exit() == 1);
    }
  }

  @Test
  void callerThatGoes_leavesNothingBehind() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a"));
      Call call = begin(sim, "a", "sleep", "3600");
      await().atMost(Duration.ofSeconds(20)).until(() -> sim.adapter().visits() == 1);

      call.stream().cancel("The test has seen enough", null);

      await().atMost(Duration.ofSeconds(20)).until(() -> sim.adapter().visits() == 0);
    }
  }

  @Test
  void containerThatEnds_killsItsCommands() throws Exception {
    try (ServedSim sim = served()) {
      create(sim, pod("a").restart("Never").sim("run-seconds", "1"));

      assertThat(exec(sim, "a", "sleep", "3600").exit()).isEqualTo(137);
      assertThat(sim.adapter().visits()).isZero();
    }
  }

  private ServedSim served() throws IOException {
    return new ServedSim(Profiles.instant(), state);
  }

  private static void create(ServedSim sim, TestPod pod) {
    assertThat(
            InstanceServiceGrpc.newBlockingStub(sim.channel())
                .createInstances(
                    CreateInstancesRequest.newBuilder()
                        .setClusterId(CLUSTER)
                        .addInstances(pod.spec())
                        .build())
                .getResults(0)
                .hasInstance())
        .isTrue();
  }

  private record Done(String out, int exit) {}

  private static Done exec(ServedSim sim, String uid, String... command) throws Exception {
    return begin(sim, uid, command).done.get(20, TimeUnit.SECONDS);
  }

  private static Call begin(ServedSim sim, String uid, String... command) {
    Call call = new Call();
    InstanceServiceGrpc.newStub(sim.channel())
        .execInstance(call)
        .onNext(
            ExecRequest.newBuilder()
                .setStart(
                    ExecStart.newBuilder()
                        .setClusterId(CLUSTER)
                        .setUid(uid)
                        .setContainer("main")
                        .addAllCommand(java.util.List.of(command))
                        .setStdout(true)
                        .setStderr(true))
                .build());
    return call;
  }

  private static final class Call implements ClientResponseObserver<ExecRequest, ExecResponse> {
    final CompletableFuture<Done> done = new CompletableFuture<>();
    private final ByteString.Output out = ByteString.newOutput();
    private @Nullable ClientCallStreamObserver<ExecRequest> stream;

    @Override
    public void beforeStart(ClientCallStreamObserver<ExecRequest> call) {
      stream = call;
    }

    ClientCallStreamObserver<ExecRequest> stream() {
      return java.util.Objects.requireNonNull(stream);
    }

    @Override
    public void onNext(ExecResponse answer) {
      ByteString piece = answer.getStdout();
      out.write(piece.toByteArray(), 0, piece.size());
      if (answer.hasExit()) {
        done.complete(new Done(out.toByteString().toStringUtf8(), answer.getExit().getExitCode()));
      }
    }

    @Override
    public void onError(Throwable failure) {
      done.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      done.completeExceptionally(new AssertionError("The call ended without an exit"));
    }
  }
}
