package io.viking.adapter.kit.transport;

import static io.viking.adapter.kit.transport.ScriptedInfo.INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "tried on Linux alone")
class UnixSocketTest {
  @TempDir private Path temp;
  private Path socket;
  private AdapterAddress address;

  @BeforeEach
  void name() {
    socket = temp.resolve("own/adapter.sock");
    address = new AdapterAddress.UnixSocket(socket);
  }

  @Test
  void socket_andItsNewDirectory_areTheOwnersAlone() throws Exception {
    try (AdapterServer server = serve(ScriptedInfo.answering())) {
      assertThat(permissions(temp.resolve("own"))).isEqualTo("rwx------");
      assertThat(permissions(socket)).isEqualTo("rw-------");
      assertThat(permissions(Path.of(socket + ".lock"))).isEqualTo("rw-------");
      assertThat(info()).isEqualTo(INFO);
    }
  }

  @Test
  void directory_openToOthers_isRefused() throws Exception {
    Files.createDirectory(
        temp.resolve("own"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

    assertThatThrownBy(() -> serve(ScriptedInfo.answering()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("own is open to others (rwxr-xr-x)")
        .hasMessageContaining("chmod 700");
  }

  @Test
  void secondServer_isRefused_andTheFirstGoesOn() throws Exception {
    try (AdapterServer first = serve(ScriptedInfo.answering())) {
      assertThatThrownBy(() -> serve(ScriptedInfo.answering()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another server is live there");

      assertThat(info()).isEqualTo(INFO);
    }
  }

  @Test
  void closedServer_leavesNoSocket_andThePlaceIsFree() throws Exception {
    serve(ScriptedInfo.answering()).close();
    assertThat(socket).doesNotExist();

    try (AdapterServer again = serve(ScriptedInfo.answering())) {
      assertThat(info()).isEqualTo(INFO);
    }
  }

  @Test
  void socketOfADeadServer_isReplaced() throws Exception {
    Files.createDirectory(
        temp.resolve("own"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(socket, "left behind");

    try (AdapterServer server = serve(ScriptedInfo.answering())) {
      assertThat(info()).isEqualTo(INFO);
    }
  }

  @Test
  void failureWithAMegabyteOfWords_arrivesWithItsReason() throws Exception {
    CloudFailure wordy =
        CloudFailure.of(ErrorReason.ERROR_REASON_ACCOUNT, "云".repeat(400_000))
            .with("value", "云".repeat(400_000));
    ScriptedInfo failing =
        ScriptedInfo.doing(
            caller -> {
              throw Failures.exception(wordy);
            });

    try (AdapterServer server = serve(failing)) {
      assertThat(CloudFailures.from(catchThrowable(this::info)).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_ACCOUNT);
    }
  }

  private AdapterServer serve(ScriptedInfo info) throws IOException {
    return AdapterServer.builder(new SimpleMeterRegistry()).service(info).listen(address).start();
  }

  private GetInfoResponse info() throws IOException {
    try (AdapterChannel channel = AdapterChannel.open(address)) {
      return InfoServiceGrpc.newBlockingStub(channel.channel())
          .withDeadlineAfter(Duration.ofSeconds(20))
          .getInfo(GetInfoRequest.getDefaultInstance());
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
