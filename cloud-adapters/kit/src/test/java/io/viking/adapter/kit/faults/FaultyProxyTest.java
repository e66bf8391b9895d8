package io.viking.adapter.kit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.BlockingClientCall;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each fault, one at a time: what the adapter hears, and what the caller does. */
@Timeout(60)
class FaultyProxyTest {
  private static final String CREATE = "InstanceService/CreateInstances";
  private static final String WATCH = "InstanceService/WatchInstances";
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final RecordingInstances adapter = new RecordingInstances();
  private final List<Server> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private FaultyProxy proxy;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String behind = "adapter-" + UUID.randomUUID();
    servers.add(InProcessServerBuilder.forName(behind).addService(adapter).build().start());
    proxy = new FaultyProxy(open(behind), FaultScript.none(), InstantSource.system());
    String before = "proxy-" + UUID.randomUUID();
    var server =
        InProcessServerBuilder.forName(before)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    proxy.services().forEach(server::addService);
    servers.add(server.build().start());
    channel = open(before);
  }

  private ManagedChannel open(String name) {
    ManagedChannel opened = InProcessChannelBuilder.forName(name).build();
    channels.add(opened);
    return opened;
  }

  @AfterEach
  void stop() {
    proxy.close();
    channels.forEach(ManagedChannel::shutdownNow);
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void withoutFault_callAndAnswerPass() {
    assertThat(uids(create("a", "b"))).containsExactly("a", "b");
    assertThat(adapter.creates()).containsExactly("a,b");
    assertThat(proxy.struck()).isEmpty();
  }

  @Test
  void requestLost_neverArrives() {
    proxy.arm(CREATE, new Fault.RequestLost(), 1);

    assertThat(reasonOf(() -> create("a"))).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(adapter.creates()).isEmpty();
  }

  @Test
  void answerLost_hasArrived_andTheCallerKnowsNothing() {
    proxy.arm(CREATE, new Fault.AnswerLost(false), 1);

    assertThat(reasonOf(() -> create("a"))).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(adapter.creates()).containsExactly("a");
  }

  @Test
  void answerLostSilently_endsWithTheCallersDeadline() {
    proxy.arm(CREATE, new Fault.AnswerLost(true), 1);

    Throwable thrown =
        catchThrowable(
            () ->
                InstanceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(1, TimeUnit.SECONDS)
                    .createInstances(request("a")));

    assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(adapter.creates()).containsExactly("a");
  }

  @Test
  void hung_neverArrives_andEndsWithTheCallersDeadline() {
    proxy.arm(CREATE, new Fault.Hung(), 1);

    Throwable thrown =
        catchThrowable(
            () ->
                InstanceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.MILLISECONDS)
                    .createInstances(request("a")));

    assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(adapter.creates()).isEmpty();
  }

  @Test
  void halfDone_doesTheFirstHalf_andTheCallerKnowsNothing() {
    proxy.arm(CREATE, new Fault.HalfDone(), 2);

    assertThat(reasonOf(() -> create("a", "b", "c")))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(reasonOf(() -> create("d"))).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(adapter.creates()).containsExactly("a,b", "d");
  }

  @Test
  void halfAnswered_doesAll_andTellsOfTheFirstHalf() {
    proxy.arm(CREATE, new Fault.HalfAnswered(), 1);

    CreateInstancesResponse answer = create("a", "b", "c");

    assertThat(adapter.creates()).containsExactly("a,b,c");
    assertThat(uids(answer)).containsExactly("a", "b");
  }

  @Test
  void late_arrivesAlthoughTheCallerGaveUp() {
    proxy.arm(CREATE, new Fault.Late(Duration.ofMillis(300)), 1);

    Throwable thrown =
        catchThrowable(
            () ->
                InstanceServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(30, TimeUnit.MILLISECONDS)
                    .createInstances(request("a")));

    assertThat(Status.fromThrowable(thrown).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(adapter.creates()).isEmpty();
    await().until(() -> adapter.creates().equals(List.of("a")));
  }

  @Test
  void straggling_failsAtOnce_andArrivesAfterTheNext() {
    proxy.arm(CREATE, new Fault.Straggling(Duration.ofMillis(300)), 1);

    assertThat(reasonOf(() -> create("a"))).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    create("b");

    await().until(() -> adapter.creates().equals(List.of("b", "a")));
  }

  @Test
  void doubled_arrivesTwice_andTheSecondAnswerCounts() {
    proxy.arm(CREATE, new Fault.Doubled(Duration.ZERO), 1);

    CreateInstancesResponse answer = create("a");

    assertThat(adapter.creates()).containsExactly("a", "a");
    assertThat(answer.getResults(0).getCreated()).isFalse();
  }

  @Test
  void overtaken_arrivesAfterTheNext() {
    proxy.arm(CREATE, new Fault.Overtaken(LONG), 1);

    CompletableFuture<CreateInstancesResponse> first =
        CompletableFuture.supplyAsync(() -> create("a"), Thread::startVirtualThread);
    await().until(() -> proxy.struck().size() == 1);
    // The first may still be on its way to the waiting room: others come until one has passed it.
    await()
        .until(
            () -> {
              create("b");
              return first.isDone();
            });

    assertThat(adapter.creates()).startsWith("b").contains("a");
    assertThat(uids(first.join())).containsExactly("a");
  }

  @Test
  void overtaken_whenNobodyComes_goesOn() {
    proxy.arm(CREATE, new Fault.Overtaken(SHORT), 1);

    assertThat(uids(create("a"))).containsExactly("a");
  }

  @Test
  void throttled_neverArrives_andSaysWhenToComeBack() {
    proxy.arm(CREATE, new Fault.Throttled(Duration.ofSeconds(3)), 1);

    var failure = CloudFailures.from(catchThrowable(() -> create("a")));

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(adapter.creates()).isEmpty();
  }

  @Test
  void itemsThrottled_doesTheOthers_andAnswersInTheirOrder() {
    proxy.arm(CREATE, new Fault.ItemsThrottled(SHORT), 1);

    CreateInstancesResponse answer = create("a", "b", "c");

    assertThat(adapter.creates()).containsExactly("a,c");
    assertThat(uids(answer)).containsExactly("a", "b", "c");
    assertThat(answer.getResultsList())
        .extracting(CreateInstanceResult::hasFailure)
        .containsExactly(false, true, false);
    assertThat(answer.getResults(1).getFailure().getReason())
        .isEqualTo(ErrorReason.ERROR_REASON_THROTTLED);
  }

  @Test
  void itemsReversed_arriveInTheOppositeOrder_andAreAnsweredInTheirs() {
    proxy.arm(CREATE, new Fault.ItemsReversed(), 1);

    CreateInstancesResponse answer = create("a", "b", "c");

    assertThat(adapter.creates()).containsExactly("c,b,a");
    assertThat(uids(answer)).containsExactly("a", "b", "c");
  }

  @Test
  void armedTwice_strikesTwice_thenNoMore() {
    proxy.arm(CREATE, new Fault.RequestLost(), 2);

    assertThat(catchThrowable(() -> create("a"))).isNotNull();
    assertThat(catchThrowable(() -> create("b"))).isNotNull();
    create("c");

    assertThat(adapter.creates()).containsExactly("c");
    assertThat(proxy.struck())
        .extracting(struck -> struck.call().number(), ArmedFaults.Struck::fault)
        .containsExactly(tuple(0L, new Fault.RequestLost()), tuple(1L, new Fault.RequestLost()));
    assertThat(proxy.waiting()).isZero();
  }

  @Test
  void callerThatLeaves_cancelsTheAdaptersStream() throws Exception {
    BlockingClientCall<?, WatchInstancesResponse> watch = watch();
    await().until(adapter::isWatched);

    watch.cancel("enough", null);

    await().until(adapter::watchWasCancelled);
  }

  @Test
  void streamsAnswersAndEnd_pass() throws Exception {
    BlockingClientCall<?, WatchInstancesResponse> watch = watch();
    await().until(adapter::isWatched);
    adapter.tell(1);
    adapter.tell(2);
    adapter.endWatches();

    assertThat(watch.read().getRevision()).isEqualTo(1);
    assertThat(watch.read().getRevision()).isEqualTo(2);
    assertThat(watch.read()).isNull();
  }

  @Test
  void cut_endsTheStreamOnBothSides_afterItsAnswers() throws Exception {
    proxy.arm(WATCH, new Fault.Cut(1), 1);
    BlockingClientCall<?, WatchInstancesResponse> watch = watch();
    await().until(adapter::isWatched);
    adapter.tell(1);

    assertThat(watch.read().getRevision()).isEqualTo(1);
    assertThat(reasonOf(watch::read)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    await().until(adapter::watchWasCancelled);
  }

  @Test
  void openStream_canBeCut() throws Exception {
    BlockingClientCall<?, WatchInstancesResponse> watch = watch();
    await().until(adapter::isWatched);

    assertThat(proxy.strikeStreams(WATCH, new Fault.Cut(0))).isEqualTo(1);

    assertThat(reasonOf(watch::read)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(proxy.strikeStreams(WATCH, new Fault.Cut(0))).isZero();
  }

  @Test
  void stalled_holdsTheAnswersBack_inOrder() throws Exception {
    BlockingClientCall<?, WatchInstancesResponse> watch = watch();
    await().until(adapter::isWatched);
    long begun = System.nanoTime();
    proxy.strikeStreams(WATCH, new Fault.Stalled(Duration.ofMillis(300)));
    adapter.tell(1);
    adapter.tell(2);

    assertThat(watch.read().getRevision()).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
    assertThat(watch.read().getRevision()).isEqualTo(2);
  }

  @Test
  void stalled_canStillBeCut() throws Exception {
    BlockingClientCall<?, WatchInstancesResponse> watch = watch();
    await().until(adapter::isWatched);
    proxy.strikeStreams(WATCH, new Fault.Stalled(LONG));
    adapter.tell(1);

    proxy.strikeStreams(WATCH, new Fault.Cut(0));

    assertThat(reasonOf(watch::read)).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  @Test
  void expired_makesTheCallerListAgain() {
    proxy.arm(WATCH, new Fault.Expired(), 1);

    assertThat(reasonOf(watch()::read)).isEqualTo(ErrorReason.ERROR_REASON_REVISION_TOO_OLD);
  }

  private CreateInstancesResponse create(String... uids) {
    return InstanceServiceGrpc.newBlockingStub(channel).createInstances(request(uids));
  }

  private static CreateInstancesRequest request(String... uids) {
    var request = CreateInstancesRequest.newBuilder().setClusterId("cluster");
    for (String uid : uids) {
      request.addInstances(InstanceSpec.newBuilder().setUid(uid));
    }
    return request.build();
  }

  private BlockingClientCall<?, WatchInstancesResponse> watch() {
    return InstanceServiceGrpc.newBlockingV2Stub(channel)
        .watchInstances(WatchInstancesRequest.newBuilder().setClusterId("cluster").build());
  }

  private static List<String> uids(CreateInstancesResponse answer) {
    return answer.getResultsList().stream().map(CreateInstanceResult::getUid).toList();
  }

  private static ErrorReason reasonOf(ThrowingCallable call) {
    return CloudFailures.from(catchThrowable(call)).reason();
  }
}
