package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.syncer.kubelet.streams.StreamRequest;
import io.viking.syncer.kubelet.streams.tunnel.RawTunnel;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tunnel between a caller and a pool's streaming server, both of them real sockets. */
class RawTunnelTest {
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
          + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n";

  private final BlockingQueue<StreamRequest> asked = new LinkedBlockingQueue<>();
  private ServerSocket pool;
  private KubeletFixture kubelet;
  private SSLSocket caller;

  @BeforeEach
  void start() throws Exception {
    pool = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    int port = pool.getLocalPort();
    kubelet =
        new KubeletFixture(
            KubeletFixture.ALL,
            ConnectionLimits.DEFAULT,
            cloud ->
                new RawTunnel(
                    request -> {
                      asked.add(request);
                      return URI.create("http://127.0.0.1:" + port + "/exec/token-1?x=1");
                    },
                    Duration.ofSeconds(10)));
    caller =
        (SSLSocket)
            kubelet
                .pki
                .client(Optional.of(kubelet.apiServerIdentity))
                .getSocketFactory()
                .createSocket("127.0.0.1", kubelet.server.port());
  }

  @AfterEach
  void stop() throws Exception {
    caller.close();
    kubelet.close();
    pool.close();
  }

  private void request() throws Exception {
    write(
        caller.getOutputStream(),
        "POST /exec/shop/web/app?command=ls&output=1 HTTP/1.1\r\nHost: a\r\n"
            + "Authorization: Bearer secret\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
            + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\nContent-Length: 0\r\n\r\n");
  }

  private static void write(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String head(InputStream in) throws Exception {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new java.io.EOFException("after " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void upgrade_isRepeatedAndAnsweredWithThePoolsHeaders() throws Exception {
    request();
    try (Socket server = pool.accept()) {
      String request = head(server.getInputStream());
      assertThat(request)
          .startsWith("POST /exec/token-1?x=1 HTTP/1.1\r\n")
          .containsIgnoringCase("upgrade: SPDY/3.1")
          .containsIgnoringCase("x-stream-protocol-version: v4.channel.k8s.io")
          .doesNotContain("secret");
      write(server.getOutputStream(), SWITCH);

      assertThat(head(caller.getInputStream()))
          .startsWith("HTTP/1.1 101")
          .containsIgnoringCase("x-stream-protocol-version: v4.channel.k8s.io");
      assertThat(((StreamRequest.Process) asked.take()).command()).containsExactly("ls");
    }
  }

  @Test
  void bytes_goBothWays_firstOnesWithTheAnswerIncluded() throws Exception {
    request();
    try (Socket server = pool.accept()) {
      head(server.getInputStream());
      write(server.getOutputStream(), SWITCH + "early");
      head(caller.getInputStream());
      assertThat(new String(caller.getInputStream().readNBytes(5))).isEqualTo("early");

      write(caller.getOutputStream(), "ping");
      assertThat(new String(server.getInputStream().readNBytes(4))).isEqualTo("ping");
      server.close();
      assertThat(caller.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void callerGoes_poolsConnectionEnds() throws Exception {
    request();
    try (Socket server = pool.accept()) {
      head(server.getInputStream());
      write(server.getOutputStream(), SWITCH);
      head(caller.getInputStream());
      caller.close();

      assertThat(server.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void largeOutput_toACallerThatReadsLate_isHeldBackAndWhole() throws Exception {
    byte[] content = new byte[32 << 20];
    new Random(7).nextBytes(content);
    request();
    try (Socket server = pool.accept()) {
      head(server.getInputStream());
      write(server.getOutputStream(), SWITCH);
      head(caller.getInputStream());
      var written = new java.util.concurrent.atomic.AtomicInteger();
      Thread writer =
          Thread.startVirtualThread(
              () -> {
                try (var out = server.getOutputStream()) {
                  for (int at = 0; at < content.length; at += 1 << 16) {
                    out.write(content, at, 1 << 16);
                    written.set(at);
                  }
                } catch (java.io.IOException gone) {
                  // The comparison below will tell.
                }
              });
      var last = new java.util.concurrent.atomic.AtomicInteger(-1);
      await()
          .pollInterval(Duration.ofMillis(300))
          .until(() -> last.getAndSet(written.get()) == written.get() && written.get() > 0);
      int whileNobodyRead = written.get();
      byte[] read = caller.getInputStream().readNBytes(content.length);
      writer.join();

      assertThat(whileNobodyRead).isLessThan(content.length - (1 << 16));
      assertThat(Arrays.equals(read, content)).as("all bytes, in order").isTrue();
    }
  }

  @Test
  void poolRefuses_answerIsPassedOn() throws Exception {
    request();
    try (Socket server = pool.accept()) {
      head(server.getInputStream());
      write(
          server.getOutputStream(),
          "HTTP/1.1 404 Not Found\r\nContent-Length: 13\r\n\r\ntoken expired");

      assertThat(head(caller.getInputStream())).startsWith("HTTP/1.1 404");
      assertThat(new String(caller.getInputStream().readNBytes(13))).isEqualTo("token expired");
    }
  }

  @Test
  void poolHangsUp_is503() throws Exception {
    request();
    pool.accept().close();

    assertThat(head(caller.getInputStream())).startsWith("HTTP/1.1 503");
  }

  @Test
  void poolIsNotThere_is503() throws Exception {
    pool.close();
    request();

    assertThat(head(caller.getInputStream())).startsWith("HTTP/1.1 503");
  }
}
