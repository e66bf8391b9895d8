package io.viking.adapter.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real socket, whose buffers fill. */
class OutletTest {
  private static final ReadLogsResponse PIECE =
      ReadLogsResponse.newBuilder().setData(ByteString.copyFrom(new byte[64 * 1024])).build();

  @TempDir private Path directory;

  @Test
  void writer_waits_whileTheCallerDoesNotRead() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    Reader reader = new Reader();
    try (AdapterServer server = serve(outlet -> write(outlet, sent, 400));
        AdapterChannel channel = read(reader)) {
      reader.call().request(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> reader.pieces.get() == 1);
      assertThat(sent.get()).as("pieces of 64 KiB sent to a reader of one").isLessThan(200);

      reader.call().request(Integer.MAX_VALUE);
      reader.end.get(20, TimeUnit.SECONDS);

      assertThat(reader.pieces).hasValue(400);
    }
  }

  @Test
  void writer_isInterrupted_whenTheCallerGoes() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Reader reader = new Reader();
    try (AdapterServer server =
            serve(
                outlet -> {
                  outlet.send(PIECE);
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                });
        AdapterChannel channel = read(reader)) {
      reader.call().request(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> reader.pieces.get() == 1);

      reader.call().cancel("The test has seen enough", null);

      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void failureOfTheWriter_reachesTheCaller() throws Exception {
    Reader reader = new Reader();
    try (AdapterServer server =
            serve(
                outlet -> {
                  throw Failures.exception(ErrorReason.ERROR_REASON_BUSY, "Not yet.");
                });
        AdapterChannel channel = read(reader)) {
      reader.call().request(1);

      assertThat(reader.end)
          .failsWithin(20, TimeUnit.SECONDS)
          .withThrowableThat()
          .satisfies(
              thrown ->
                  assertThat(CloudFailures.from(thrown).reason())
                      .isEqualTo(ErrorReason.ERROR_REASON_BUSY));
    }
  }

  @Test
  void errorOfTheWriter_endsTheCallToo() throws Exception {
    Reader reader = new Reader();
    try (AdapterServer server =
            serve(
                outlet -> {
                  throw new StackOverflowError("on purpose");
                });
        AdapterChannel channel = read(reader)) {
      reader.call().request(1);

      assertThat(reader.end)
          .failsWithin(20, TimeUnit.SECONDS)
          .withThrowableThat()
          .satisfies(
              thrown ->
                  assertThat(CloudFailures.from(thrown).reason())
                      .isEqualTo(ErrorReason.ERROR_REASON_INTERNAL));
    }
  }

  private static void write(Outlet<ReadLogsResponse> outlet, AtomicInteger sent, int pieces)
      throws InterruptedException {
    for (int i = 0; i < pieces; i++) {
      outlet.send(PIECE);
      sent.incrementAndGet();
    }
  }

  private AdapterServer serve(Outlet.Body<ReadLogsResponse> body) throws Exception {
    return AdapterServer.builder(new SimpleMeterRegistry())
        .service(
            new InstanceServiceGrpc.InstanceServiceImplBase() {
              @Override
              public void readLogs(
                  ReadLogsRequest request, StreamObserver<ReadLogsResponse> caller) {
                Outlet.serve(caller, task -> Thread.ofVirtual().start(task), body);
              }
            })
        .listen(address())
        .start();
  }

  private AdapterChannel read(Reader reader) throws Exception {
    AdapterChannel channel = AdapterChannel.open(address());
    InstanceServiceGrpc.newStub(channel.channel())
        .readLogs(ReadLogsRequest.getDefaultInstance(), reader);
    return channel;
  }

  private AdapterAddress address() {
    return new AdapterAddress.UnixSocket(directory.resolve("own/logs.sock"));
  }

  private static final class Reader
      implements ClientResponseObserver<ReadLogsRequest, ReadLogsResponse> {
    final AtomicInteger pieces = new AtomicInteger();
    final CompletableFuture<String> end = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<ReadLogsRequest> call;

    ClientCallStreamObserver<ReadLogsRequest> call() {
      return java.util.Objects.requireNonNull(call);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ReadLogsRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(ReadLogsResponse piece) {
      pieces.incrementAndGet();
    }

    @Override
    public void onError(Throwable thrown) {
      end.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
      end.complete("completed");
    }
  }
}
