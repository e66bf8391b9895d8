package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.cloud.v1.PortForwardStart;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Connections to ports inside instances. */
public abstract class PortForwardContract extends ContractTopic {
  /** Nobody listens there in any image. */
  private static final int CLOSED = 1;

  private static final int BYTES = 3 << 20;
  private static final int PIECE = 32 << 10;

  @Test
  void portForward_whereThePoolCannot_isUnsupported() {
    onlyIf(!info().getCapabilities().getPortForward(), "the pool forwards ports");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    assertFails(cluster, running.getUid(), 80, ErrorReason.ERROR_REASON_UNSUPPORTED);
  }

  @Test
  void bytes_goBothWays_withoutLoss() {
    Echo echo = echo();
    byte[] random = new byte[BYTES];
    new Random(1).nextBytes(random);
    ByteString sent = ByteString.copyFrom(random);

    try (var connection = echo.connect()) {
      for (int from = 0; from < sent.size(); from += PIECE) {
        connection.send(data(sent.substring(from, Math.min(sent.size(), from + PIECE))));
      }
      connection.awaitReceived(
          "all bytes back", received -> joined(received).size() >= sent.size());
      assertThat(joined(connection.received()).equals(sent)).as("the same bytes").isTrue();
    }
  }

  @Test
  void connection_ends_whenTheCallerHasNothingMoreToSay() {
    Echo echo = echo();

    try (var connection = echo.connect()) {
      connection.send(data(ByteString.copyFromUtf8("last words")));
      connection.halfClose();
      assertThat(connection.awaitEnd()).isEmpty();
      assertThat(joined(connection.received()).toStringUtf8()).isEqualTo("last words");
    }
  }

  @Test
  void connections_areApart() {
    Echo echo = echo();

    try (var one = echo.connect();
        var two = echo.connect()) {
      one.send(data(ByteString.copyFromUtf8("one")));
      two.send(data(ByteString.copyFromUtf8("two")));
      one.awaitReceived("one", received -> joined(received).toStringUtf8().equals("one"));
      two.awaitReceived("two", received -> joined(received).toStringUtf8().equals("two"));
      one.cancel();
      two.send(data(ByteString.copyFromUtf8("!")));
      two.awaitReceived("two!", received -> joined(received).toStringUtf8().equals("two!"));
    }
  }

  @Test
  void connection_endsWithItsInstance() {
    Echo echo = echo();

    try (var connection = echo.connect()) {
      connection.send(data(ByteString.copyFromUtf8("hello")));
      connection.awaitReceived("echo", received -> !received.isEmpty());
      echo.cluster().delete(echo.uid(), 1, Duration.ZERO);
      connection.awaitEnd();
    }
  }

  @Test
  void portWhereNobodyListens_isRefused() {
    needsPortForward();
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    assertThat(
            assertFails(cluster, running.getUid(), CLOSED, ErrorReason.ERROR_REASON_BUSY).message())
        .contains("connection refused");
  }

  @Test
  void unknownInstance_isNotFound_andAPortThatIsNone_invalid() {
    needsPortForward();
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    assertFails(cluster, UUID.randomUUID().toString(), CLOSED, ErrorReason.ERROR_REASON_NOT_FOUND);
    assertFails(cluster, running.getUid(), 70_000, ErrorReason.ERROR_REASON_INVALID_SPEC);
  }

  private CloudFailure assertFails(TestCluster cluster, String uid, int port, ErrorReason reason) {
    try (var connection = connect(cluster, uid, port)) {
      CloudFailure failure =
          connection.awaitEnd().orElseThrow(() -> new AssertionError("The call did not fail"));
      assertThat(failure.reason()).as("%s", failure).isEqualTo(reason);
      return failure;
    }
  }

  private void needsPortForward() {
    onlyIf(info().getCapabilities().getPortForward(), "the pool forwards no ports");
  }

  private Echo echo() {
    needsPortForward();
    TestCluster cluster = newCluster();
    AdapterUnderTest.Listening listening =
        needs(adapter().echoing(cluster.pod()), "make a container echo what comes to a port");
    String uid = cluster.running(cluster.spec(listening.pod()).build()).getUid();
    return new Echo(cluster, uid, listening.port());
  }

  private static Streams<PortForwardRequest, PortForwardResponse> connect(
      TestCluster cluster, String uid, int port) {
    Streams<PortForwardRequest, PortForwardResponse> connection =
        Streams.open(
            cluster.patience(),
            Integer.MAX_VALUE,
            (StreamObserver<PortForwardResponse> answers) ->
                InstanceServiceGrpc.newStub(cluster.channel()).portForward(answers));
    connection.send(
        PortForwardRequest.newBuilder()
            .setStart(
                PortForwardStart.newBuilder().setClusterId(cluster.id()).setUid(uid).setPort(port))
            .build());
    return connection;
  }

  private static PortForwardRequest data(ByteString bytes) {
    return PortForwardRequest.newBuilder().setData(bytes).build();
  }

  private static ByteString joined(List<PortForwardResponse> received) {
    return ByteString.copyFrom(received.stream().map(PortForwardResponse::getData).toList());
  }

  /** A port that sends back what comes. */
  private record Echo(TestCluster cluster, String uid, int port) {
    Streams<PortForwardRequest, PortForwardResponse> connect() {
      return PortForwardContract.connect(cluster, uid, port);
    }
  }
}
