package io.viking.adapter.kit.transport;

import static io.viking.adapter.kit.transport.ScriptedInfo.INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.stream.InstanceChanges;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AdapterAddress inProcess =
      new AdapterAddress.InProcess("test-" + UUID.randomUUID());

  @Test
  void server_onThreeAddresses_answersOnEach(@TempDir Path directory) throws Exception {
    AdapterAddress socket = new AdapterAddress.UnixSocket(directory.resolve("own/a.sock"));
    try (AdapterServer server =
        scripted(ScriptedInfo.answering())
            .listen(inProcess)
            .listen(socket)
            .listen(new AdapterAddress.Tcp("127.0.0.1", 0), TransportSecurity.insecure())
            .start()) {
      assertThat(server.addresses()).hasSize(3).startsWith(inProcess, socket);
      for (AdapterAddress address : server.addresses()) {
        try (AdapterChannel channel = AdapterChannel.open(address, TransportSecurity.insecure())) {
          assertThat(info(channel.channel())).as("%s", address).isEqualTo(INFO);
        }
      }
    }
  }

  @Test
  void health_saysServing_forEachService() throws Exception {
    try (AdapterServer server = scripted(ScriptedInfo.answering()).listen(inProcess).start();
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      for (String service : List.of("", "viking.cloud.v1.InfoService")) {
        assertThat(
                HealthGrpc.newBlockingStub(channel.channel())
                    .withDeadlineAfter(PATIENCE)
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      }
    }
  }

  @Test
  void reflection_listsTheServices() throws Exception {
    try (AdapterServer server = scripted(ScriptedInfo.answering()).listen(inProcess).start();
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      var answer = new CompletableFuture<ServerReflectionResponse>();
      StreamObserver<ServerReflectionRequest> asking =
          ServerReflectionGrpc.newStub(channel.channel())
              .serverReflectionInfo(new FirstAnswer<>(answer));
      asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

      assertThat(answer.get(20, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .contains("viking.cloud.v1.InfoService", "grpc.health.v1.Health");
      asking.onCompleted();
    }
  }

  @Test
  void server_thatCannotServeEverywhere_servesNowhere() throws Exception {
    try (AdapterServer first =
        scripted(ScriptedInfo.answering())
            .listen(new AdapterAddress.Tcp("127.0.0.1", 0), TransportSecurity.insecure())
            .start()) {
      AdapterAddress taken = first.addresses().getFirst();

      assertThatThrownBy(
              () ->
                  scripted(ScriptedInfo.answering())
                      .listen(inProcess)
                      .listen(taken, TransportSecurity.insecure())
                      .start())
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("The adapter cannot be served at " + taken + ": ")
          .hasMessageContaining("in use");
    }

    scripted(ScriptedInfo.answering()).listen(inProcess).start().close();
  }

  @Test
  void close_letsACallFinish() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    ScriptedInfo slow =
        ScriptedInfo.doing(
            caller -> {
              arrived.countDown();
              awaitOpen(mayAnswer);
              ScriptedInfo.answer(caller);
            });
    AdapterServer server =
        scripted(slow).stopWithin(Duration.ofMinutes(5)).listen(inProcess).start();
    try (AdapterChannel channel = AdapterChannel.open(inProcess)) {
      CompletableFuture<GetInfoResponse> call = async(() -> info(channel.channel()));
      awaitOpen(arrived);
      CompletableFuture<Void> stop = async(server::close);
      await().atMost(PATIENCE).until(() -> refusesCalls(channel.channel()));

      mayAnswer.countDown();

      assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(INFO);
      stop.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_interruptsAServiceThatDoesNotEnd() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    ScriptedInfo endless =
        ScriptedInfo.doing(
            caller -> {
              arrived.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    AdapterServer server =
        scripted(endless).stopWithin(Duration.ofMillis(1)).listen(inProcess).start();
    try (AdapterChannel channel = AdapterChannel.open(inProcess)) {
      CompletableFuture<GetInfoResponse> call = async(() -> info(channel.channel()));
      awaitOpen(arrived);

      async(server::close).get(20, TimeUnit.SECONDS);

      assertThat(call).failsWithin(PATIENCE);
      awaitOpen(interrupted);
    }
  }

  @Test
  void close_endsWatches_withoutWaitingForThem() throws Exception {
    var failure = new CompletableFuture<WatchInstancesResponse>();
    var changes = new InstanceChanges(10, 1, task -> Thread.ofVirtual().start(task));
    CountDownLatch watching = new CountDownLatch(1);
    var instances =
        new InstanceServiceGrpc.InstanceServiceImplBase() {
          @Override
          public void watchInstances(
              WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> caller) {
            changes.watch(request, caller);
            watching.countDown();
          }
        };
    AdapterServer server =
        AdapterServer.builder(new SimpleMeterRegistry())
            .service(instances)
            .stopWithin(Duration.ofMinutes(5))
            .listen(inProcess)
            .start();
    try (AdapterChannel channel = AdapterChannel.open(inProcess)) {
      InstanceServiceGrpc.newStub(channel.channel())
          .watchInstances(
              WatchInstancesRequest.newBuilder().setClusterId("c").setRevision(1).build(),
              new Ending<>(failure));
      awaitOpen(watching);

      async(server::close).get(20, TimeUnit.SECONDS);

      assertThat(failure).failsWithin(PATIENCE);
      assertThat(CloudFailures.from(failure.exceptionNow()).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    }
  }

  private static AdapterServer.Builder scripted(ScriptedInfo info) {
    return AdapterServer.builder(new SimpleMeterRegistry()).service(info);
  }

  private static GetInfoResponse info(Channel channel) {
    return InfoServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE)
        .getInfo(GetInfoRequest.getDefaultInstance());
  }

  private static boolean refusesCalls(Channel channel) {
    try {
      HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE)
          .check(HealthCheckRequest.getDefaultInstance());
      return false;
    } catch (io.grpc.StatusRuntimeException refused) {
      return true;
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<Void> async(Runnable task) {
    return CompletableFuture.runAsync(task, work -> Thread.ofVirtual().start(work));
  }

  private static <T> CompletableFuture<T> async(java.util.function.Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, work -> Thread.ofVirtual().start(work));
  }

  private static class Ending<T> implements StreamObserver<T> {
    final CompletableFuture<T> answer;

    Ending(CompletableFuture<T> answer) {
      this.answer = answer;
    }

    @Override
    public void onNext(T value) {}

    @Override
    public void onError(Throwable thrown) {
      answer.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {}
  }

  private static final class FirstAnswer<T> extends Ending<T> {
    FirstAnswer(CompletableFuture<T> answer) {
      super(answer);
    }

    @Override
    public void onNext(T value) {
      answer.complete(value);
    }
  }
}
