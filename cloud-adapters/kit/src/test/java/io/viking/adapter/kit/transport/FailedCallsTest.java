package io.viking.adapter.kit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A failed call is typed, logged once and counted, however the service fails it. */
class FailedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.INFO)
              && event.getFormattedMessage().contains("GetInfo")) {
            logged.add(event);
          }
        }
      };

  @BeforeEach
  void listen() {
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(appender);
  }

  @Test
  void typedFailure_thrown_arrivesAsItIs() throws Exception {
    CloudFailure throttled =
        CloudFailure.of(ErrorReason.ERROR_REASON_THROTTLED, "Slow down.")
            .with("bucket", "create")
            .retryingAfter(Duration.ofSeconds(2));

    assertThat(
            failureOf(
                caller -> {
                  throw Failures.exception(throttled);
                }))
        .isEqualTo(throttled);
    assertLoggedOnce(
        Level.INFO, "InfoService/GetInfo failed: RESOURCE_EXHAUSTED THROTTLED: Slow down.");
    assertThat(count("RESOURCE_EXHAUSTED")).isEqualTo(1);
  }

  @Test
  void typedFailure_handedOver_arrivesAsItIs() throws Exception {
    CloudFailure busy = CloudFailure.of(ErrorReason.ERROR_REASON_BUSY, "Not yet.");

    assertThat(failureOf(caller -> caller.onError(Failures.exception(busy)))).isEqualTo(busy);
    assertLoggedOnce(Level.INFO, "InfoService/GetInfo failed: FAILED_PRECONDITION BUSY: Not yet.");
  }

  @Test
  void defect_thrown_isInternal_andItsWordsStayInTheLog() throws Exception {
    RuntimeException defect = new IllegalStateException("password=hunter2");

    CloudFailure failure =
        failureOf(
            caller -> {
              throw defect;
            });

    assertInternal(failure, defect);
  }

  @Test
  void defect_handedOver_isInternal_andItsWordsStayInTheLog() throws Exception {
    RuntimeException defect = new IllegalStateException("password=hunter2");

    CloudFailure failure = failureOf(caller -> caller.onError(defect));

    assertInternal(failure, defect);
  }

  @Test
  void bareStatus_getsTheReasonOfItsCode() throws Exception {
    assertThat(
            failureOf(caller -> caller.onError(Status.UNIMPLEMENTED.asRuntimeException())).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_UNSUPPORTED);
    assertThat(logged).hasSize(1);
  }

  @Test
  void defect_afterTheAnswer_isLoggedOnce_andTheAnswerStands() throws Exception {
    try (AdapterServer server =
            serve(
                caller -> {
                  ScriptedInfo.answer(caller);
                  throw new IllegalStateException("too late");
                });
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      assertThat(call(channel)).isEqualTo(ScriptedInfo.INFO);
      await().atMost(PATIENCE).until(() -> !logged.isEmpty());
      assertLoggedOnce(Level.WARN, "InfoService/GetInfo threw after its end");
    }
    assertThat(count("OK")).isEqualTo(1);
  }

  @Test
  void callThatTheCallerCancelled_hasNotFailed() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    try (AdapterServer server =
            serve(
                caller -> {
                  arrived.countDown();
                  awaitCancellation();
                  left.countDown();
                  throw Status.CANCELLED.asRuntimeException();
                });
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      var call =
          InfoServiceGrpc.newFutureStub(channel.channel())
              .getInfo(GetInfoRequest.getDefaultInstance());
      arrived.await();
      call.cancel(true);
      left.await();
      await().atMost(PATIENCE).until(() -> count("CANCELLED") == 1);
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void successfulCall_isCountedAndTimed() throws Exception {
    try (AdapterServer server = serve(ScriptedInfo::answer);
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      call(channel);
    }

    assertThat(count("OK")).isEqualTo(1);
    assertThat(
            meters.get(CallMetrics.DURATION).tag("method", "InfoService/GetInfo").timer().count())
        .isEqualTo(1);
    assertThat(logged).isEmpty();
  }

  private void assertInternal(CloudFailure failure, RuntimeException defect) {
    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(failure.message()).doesNotContain("hunter2");
    assertThat(logged).hasSize(1);
    assertThat(logged.getFirst().getLevel()).isEqualTo(Level.ERROR);
    assertThat(logged.getFirst().getThrowableProxy().getMessage()).isEqualTo(defect.getMessage());
    assertThat(count("INTERNAL")).isEqualTo(1);
  }

  private void assertLoggedOnce(Level level, String message) {
    assertThat(logged)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getLevel()).isEqualTo(level);
              assertThat(event.getFormattedMessage()).isEqualTo(message);
            });
  }

  private double count(String code) {
    return meters
        .find(CallMetrics.REQUESTS)
        .tag("method", "InfoService/GetInfo")
        .tag("code", code)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private CloudFailure failureOf(Consumer<StreamObserver<GetInfoResponse>> script)
      throws Exception {
    try (AdapterServer server = serve(script);
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      Throwable thrown = catchThrowable(() -> call(channel));
      assertThat(thrown).isNotNull();
      return CloudFailures.from(thrown);
    }
  }

  private AdapterServer serve(Consumer<StreamObserver<GetInfoResponse>> script) throws Exception {
    return AdapterServer.builder(meters)
        .service(ScriptedInfo.doing(script))
        .listen(new AdapterAddress.InProcess("test-" + UUID.randomUUID()))
        .start();
  }

  private static GetInfoResponse call(AdapterChannel channel) {
    return InfoServiceGrpc.newBlockingStub(channel.channel())
        .withDeadlineAfter(PATIENCE)
        .getInfo(GetInfoRequest.getDefaultInstance());
  }

  private static void awaitCancellation() {
    CountDownLatch cancelled = new CountDownLatch(1);
    Context.current().addListener(context -> cancelled.countDown(), Runnable::run);
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
