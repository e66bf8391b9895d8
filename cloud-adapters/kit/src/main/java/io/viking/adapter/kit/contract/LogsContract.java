package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Logs: whole, in part, and while they are written. */
public abstract class LogsContract extends ContractTopic {
  private static final int DELETES_THAT_OVERTAKE = 10;

  @Test
  void log_isReadTheSame_again() {
    Log log = endedLog();

    assertThat(log.read()).isEqualTo(log.read());
    assertThat(log.read().lines()).as("lines").hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void log_comes_inPiecesOfAtMost64KiB() {
    Log log = endedLog();

    assertThat(log.pieces(log.request()))
        .allSatisfy(piece -> assertThat(piece.getData().size()).isLessThanOrEqualTo(64 * 1024));
  }

  @Test
  void tail_givesTheLastLines() {
    Log log = endedLog();
    List<String> all = log.read().lines().toList();

    assertThat(log.read(log.request().setTailLines(2)).lines())
        .containsExactlyElementsOf(all.subList(all.size() - 2, all.size()));
    assertThat(log.read(log.request().setTailLines(0))).isEmpty();
    assertThat(log.read(log.request().setTailLines(1_000_000)).lines()).hasSameSizeAs(all);
  }

  @Test
  void limit_cutsAfterSoManyBytes() {
    Log log = endedLog();
    ByteString all = log.bytes(log.request());

    assertThat(log.bytes(log.request().setLimitBytes(5))).isEqualTo(all.substring(0, 5));
    assertThat(log.bytes(log.request().setLimitBytes(all.size() + 1L))).isEqualTo(all);
  }

  @Test
  void timestamps_standBeforeEachLine_inOrder() {
    Log log = endedLog();
    List<String> plain = log.read().lines().toList();

    List<String> stamped = log.read(log.request().setTimestamps(true)).lines().toList();

    assertThat(stamped).extracting(LogsContract::afterTime).containsExactlyElementsOf(plain);
    assertThat(stamped).extracting(LogsContract::time).isSorted();
  }

  @Test
  void since_leavesOlderLinesOut() {
    Log log = endedLog();
    List<String> stamped = log.read(log.request().setTimestamps(true)).lines().toList();
    Instant last = time(stamped.getLast());
    List<String> expected =
        stamped.stream()
            .filter(line -> !time(line).isBefore(last))
            .map(LogsContract::afterTime)
            .toList();

    assertThat(log.read(log.request().setSinceTime(timestamp(Instant.EPOCH))).lines())
        .hasSameSizeAs(stamped);
    assertThat(log.read(log.request().setSinceTime(timestamp(last))).lines())
        .containsExactlyElementsOf(expected);
    assertThat(log.read(log.request().setSinceTime(timestamp(last.plusSeconds(3600))))).isEmpty();
  }

  @Test
  void follow_ofAContainerThatEnds_givesItsWholeLog() {
    onlyIf(info().getCapabilities().getLogFollow(), "the pool does not follow logs");
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec(writingPod(cluster)).build();
    cluster.created(spec);
    cluster.awaitStarted(spec.getUid());
    Log log = new Log(cluster, spec.getUid());

    String followed = log.read(log.request().setFollow(true));

    cluster.awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_SUCCEEDED);
    assertThat(followed).isEqualTo(log.read());
  }

  /** The call may come after the removal: then there is nothing to follow any more. */
  @Test
  void follow_ofAContainerThatIsDeleted_ends() {
    onlyIf(info().getCapabilities().getLogFollow(), "the pool does not follow logs");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    Log log = new Log(cluster, running.getUid());
    CompletableFuture<Optional<ErrorReason>> end =
        CompletableFuture.supplyAsync(
            () -> log.failure(log.request().setFollow(true)),
            task -> Thread.ofVirtual().start(task));

    cluster.delete(running.getUid(), 1, Duration.ZERO);

    assertThat(end)
        .succeedsWithin(adapter().patience().multipliedBy(2))
        .isIn(Optional.empty(), Optional.of(ErrorReason.ERROR_REASON_NOT_FOUND));
  }

  @Test
  void log_ofAnUnknownInstance_isNotFound() {
    assertReason(
        ErrorReason.ERROR_REASON_NOT_FOUND,
        new Log(newCluster(), UUID.randomUUID().toString()),
        TestPod.CONTAINER,
        false);
  }

  @Test
  void log_ofAnUnknownContainer_isNotFound() {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    assertReason(
        ErrorReason.ERROR_REASON_NOT_FOUND, new Log(cluster, running.getUid()), "stowaway", false);
  }

  @Test
  void previousLog_whereThePoolKeepsNone_isUnsupported() {
    onlyIf(!info().getCapabilities().getLogPrevious(), "the pool keeps previous logs");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    assertReason(
        ErrorReason.ERROR_REASON_UNSUPPORTED,
        new Log(cluster, running.getUid()),
        TestPod.CONTAINER,
        true);
  }

  private static void assertReason(
      ErrorReason reason, Log log, String container, boolean previous) {
    Throwable thrown =
        catchThrowable(
            () -> log.bytes(log.request().setContainer(container).setPrevious(previous)));
    assertThat(thrown).as("failure of the call").isNotNull();
    assertThat(CloudFailures.from(thrown).reason()).isEqualTo(reason);
  }

  private Log endedLog() {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec(writingPod(cluster)).build();
    cluster.created(spec);
    cluster.awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_SUCCEEDED);
    return new Log(cluster, spec.getUid());
  }

  private TestPod writingPod(TestCluster cluster) {
    return needs(
        adapter().writingLines(cluster.pod().withRestartPolicy("Never")),
        "make a container write lines and end");
  }

  private static Instant time(String stampedLine) {
    String time = stampedLine.substring(0, stampedLine.indexOf(' '));
    assertThat(time)
        .as("RFC 3339 with nanoseconds")
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}(Z|[+-]\\d\\d:\\d\\d)");
    return Instant.parse(time);
  }

  private static String afterTime(String stampedLine) {
    return stampedLine.substring(stampedLine.indexOf(' ') + 1);
  }

  private static com.google.protobuf.Timestamp timestamp(Instant instant) {
    return com.google.protobuf.Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** One container's log. */
  private record Log(TestCluster cluster, String uid) {
    ReadLogsRequest.Builder request() {
      return ReadLogsRequest.newBuilder()
          .setClusterId(cluster.id())
          .setUid(uid)
          .setContainer(TestPod.CONTAINER);
    }

    String read() {
      return read(request());
    }

    String read(ReadLogsRequest.Builder request) {
      return bytes(request).toStringUtf8();
    }

    ByteString bytes(ReadLogsRequest.Builder request) {
      return pieces(request).stream()
          .map(ReadLogsResponse::getData)
          .reduce(ByteString.EMPTY, ByteString::concat);
    }

    Optional<ErrorReason> failure(ReadLogsRequest.Builder request) {
      try {
        pieces(request);
        return Optional.empty();
      } catch (StatusRuntimeException e) {
        return Optional.of(CloudFailures.from(e).reason());
      }
    }

    List<ReadLogsResponse> pieces(ReadLogsRequest.Builder request) {
      List<ReadLogsResponse> all = new ArrayList<>();
      begin(request).forEachRemaining(all::add);
      return all;
    }

    Iterator<ReadLogsResponse> begin(ReadLogsRequest.Builder request) {
      return cluster.calls().readLogs(request.build());
    }
  }
}
