package io.viking.adapter.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.stream.Conversation;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.InstanceServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExecStreamsTest {
  private static final ExecStart TERMINAL =
      ExecStart.newBuilder().setTty(true).setStdin(true).setStdout(true).build();

  private final Executor executor = task -> Thread.ofVirtual().start(task);

  @Test
  void exit_isTheLastThingThatIsSent() throws Exception {
    List<ExecResponse> received =
        answers(
            (inlet, outlet) -> {
              ExecStreams streams = new ExecStreams(TERMINAL, outlet);
              streams.writeOut(ByteString.copyFromUtf8("before"));
              streams.exit(3);
              streams.writeOut(ByteString.copyFromUtf8("the echo of what was typed meanwhile"));
            });

    assertThat(received)
        .extracting(ExecResponse::getMessageCase)
        .containsExactly(ExecResponse.MessageCase.STDOUT, ExecResponse.MessageCase.EXIT);
    assertThat(received.getLast().getExit().getExitCode()).isEqualTo(3);
  }

  @Test
  void nothingIsShown_onceNothingIsTakenAnyMore() throws Exception {
    List<ExecResponse> received =
        answers(
            (inlet, outlet) -> {
              ExecStreams streams = new ExecStreams(TERMINAL, outlet);
              streams.serve(inlet, executor).close();
              streams.writeOut(ByteString.copyFromUtf8("late"));
            });

    assertThat(received).isEmpty();
  }

  private List<ExecResponse> answers(Conversation.Body<ExecRequest, ExecResponse> body)
      throws Exception {
    AdapterAddress address = new AdapterAddress.InProcess(UUID.randomUUID().toString());
    var service =
        new InstanceServiceGrpc.InstanceServiceImplBase() {
          @Override
          public StreamObserver<ExecRequest> execInstance(StreamObserver<ExecResponse> caller) {
            return Conversation.serve(caller, executor, body);
          }
        };
    try (AdapterServer server =
            AdapterServer.builder(new SimpleMeterRegistry())
                .service(service)
                .listen(address)
                .start();
        AdapterChannel channel = AdapterChannel.open(address)) {
      assertThat(server).isNotNull();
      Received received = new Received();
      var _ = InstanceServiceGrpc.newStub(channel.channel()).execInstance(received);
      return received.end.get(20, TimeUnit.SECONDS);
    }
  }

  private static final class Received implements StreamObserver<ExecResponse> {
    final CompletableFuture<List<ExecResponse>> end = new CompletableFuture<>();
    private final List<ExecResponse> answers = new ArrayList<>();

    @Override
    public void onNext(ExecResponse answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(List.copyOf(answers));
    }
  }
}
