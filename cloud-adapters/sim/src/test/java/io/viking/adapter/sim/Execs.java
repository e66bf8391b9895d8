package io.viking.adapter.sim;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.InstanceServiceGrpc;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Execs as tests call them. */
final class Execs {
  static final String CLUSTER = "cluster-a";

  private Execs() {}

  /**
   * A command that has ended.
   *
   * @param output stdout and stderr in the order in which they came
   */
  record Done(String output, int exit) {}

  static Done run(ServedSim sim, String uid, String container, List<String> command)
      throws Exception {
    return begin(sim, uid, container, command).done.get(20, TimeUnit.SECONDS);
  }

  static Call begin(ServedSim sim, String uid, String container, List<String> command) {
    Call call = new Call();
    InstanceServiceGrpc.newStub(sim.channel())
        .execInstance(call)
        .onNext(
            ExecRequest.newBuilder()
                .setStart(
                    ExecStart.newBuilder()
                        .setClusterId(CLUSTER)
                        .setUid(uid)
                        .setContainer(container)
                        .addAllCommand(command)
                        .setStdout(true)
                        .setStderr(true))
                .build());
    return call;
  }

  static final class Call implements ClientResponseObserver<ExecRequest, ExecResponse> {
    final CompletableFuture<Done> done = new CompletableFuture<>();
    private final ByteString.Output out = ByteString.newOutput();
    private @Nullable ClientCallStreamObserver<ExecRequest> stream;

    @Override
    public void beforeStart(ClientCallStreamObserver<ExecRequest> call) {
      stream = call;
    }

    ClientCallStreamObserver<ExecRequest> stream() {
      return Objects.requireNonNull(stream);
    }

    @Override
    public void onNext(ExecResponse answer) {
      ByteString piece = answer.getStdout().concat(answer.getStderr());
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
