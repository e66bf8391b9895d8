package io.viking.adapter.kit.transport;

import static io.viking.adapter.kit.transport.ScriptedInfo.INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {
  private static final AdapterAddress LOOPBACK = new AdapterAddress.Tcp("127.0.0.1", 0);

  @TempDir private Path files;

  @Test
  void caller_withACertificateOfTheAuthority_isServed() throws Exception {
    TestPki ours = new TestPki(files, "ours");
    try (AdapterServer server = serve(ours.issue("server"))) {
      assertThat(info(server, ours.issue("caller"))).isEqualTo(INFO);
    }
  }

  @Test
  void caller_withACertificateOfAnotherAuthority_isNot() throws Exception {
    TestPki ours = new TestPki(files, "ours");
    TransportSecurity.MutualTls foreign = new TestPki(files, "foreign").issue("caller");
    var trustingUs =
        new TransportSecurity.MutualTls(
            foreign.certificate(), foreign.key(), ours.issue("server").authority());
    try (AdapterServer server = serve(ours.issue("server"))) {
      assertUnavailable(() -> info(server, trustingUs));
    }
  }

  @Test
  void server_ofAnotherAuthority_isNotTrusted() throws Exception {
    TestPki ours = new TestPki(files, "ours");
    try (AdapterServer server = serve(new TestPki(files, "foreign").issue("server"))) {
      assertUnavailable(() -> info(server, ours.issue("caller")));
    }
  }

  @Test
  void caller_inPlainText_isNotServed() throws Exception {
    try (AdapterServer server = serve(new TestPki(files, "ours").issue("server"))) {
      assertUnavailable(() -> info(server, TransportSecurity.insecure()));
    }
  }

  @Test
  void certificate_thatIsReplaced_isShownFromThenOn() throws Exception {
    TransportSecurity.MutualTls before = new TestPki(files, "ours").issue("server");
    TestPki next = new TestPki(files, "next");
    TransportSecurity.MutualTls after = next.issue("server");
    TransportSecurity.MutualTls caller = next.issue("caller");
    var trusting =
        new TransportSecurity.MutualTls(before.certificate(), before.key(), after.authority());
    try (AdapterServer server = serve(trusting)) {
      assertUnavailable(() -> info(server, caller));

      Files.copy(after.key(), before.key(), StandardCopyOption.REPLACE_EXISTING);
      Files.copy(after.certificate(), before.certificate(), StandardCopyOption.REPLACE_EXISTING);

      assertThat(info(server, caller)).isEqualTo(INFO);
    }
  }

  @Test
  void missingFile_isNamed() throws Exception {
    TransportSecurity.MutualTls tls = new TestPki(files, "ours").issue("server");
    Path missing = files.resolve("missing.key");
    var incomplete = new TransportSecurity.MutualTls(tls.certificate(), missing, tls.authority());

    assertThatThrownBy(() -> serve(incomplete))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the TLS key file " + missing + " cannot be read");
    assertThatThrownBy(() -> AdapterChannel.open(LOOPBACK, incomplete))
        .hasMessageContaining("the TLS key file " + missing + " cannot be read");
  }

  @Test
  void malformedFile_isRefused_withASentence() throws Exception {
    TransportSecurity.MutualTls tls = new TestPki(files, "ours").issue("server");
    var swapped = new TransportSecurity.MutualTls(tls.key(), tls.key(), tls.authority());

    assertThatThrownBy(() -> serve(swapped))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("The adapter cannot be served at tcp:127.0.0.1:0")
        .hasMessageContaining("the TLS files are not PEM of a certificate");
  }

  @Test
  void plainText_beyondLoopback_isRefusedAtBothEnds() {
    AdapterAddress everywhere = new AdapterAddress.Tcp("0.0.0.0", 0);

    assertThatThrownBy(() -> serve(everywhere, TransportSecurity.insecure()))
        .hasMessageContaining("not a loopback address");
    assertThatThrownBy(() -> AdapterChannel.open(everywhere, TransportSecurity.insecure()))
        .hasMessageContaining("not a loopback address");
  }

  @Test
  void tcp_withoutAWordOnSecurity_isRefused() {
    assertThatThrownBy(() -> AdapterServer.builder(new SimpleMeterRegistry()).listen(LOOPBACK))
        .hasMessageContaining("needs a certificate");
    assertThatThrownBy(() -> AdapterChannel.open(LOOPBACK))
        .hasMessageContaining("needs a certificate");
  }

  private static void assertUnavailable(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isNotNull();
    assertThat(CloudFailures.from(thrown).reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  private static AdapterServer serve(TransportSecurity security) throws IOException {
    return serve(LOOPBACK, security);
  }

  private static AdapterServer serve(AdapterAddress address, TransportSecurity security)
      throws IOException {
    return AdapterServer.builder(new SimpleMeterRegistry())
        .service(ScriptedInfo.answering())
        .listen(address, security)
        .start();
  }

  private static GetInfoResponse info(AdapterServer server, TransportSecurity security)
      throws IOException {
    try (AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst(), security)) {
      return InfoServiceGrpc.newBlockingStub(channel.channel())
          .withDeadlineAfter(Duration.ofSeconds(20))
          .getInfo(GetInfoRequest.getDefaultInstance());
    }
  }
}
