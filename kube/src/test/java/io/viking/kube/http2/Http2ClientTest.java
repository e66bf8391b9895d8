package io.viking.kube.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.viking.kube.testing.TestingKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of Netty's that misbehaves as it is told. */
class Http2ClientTest {
  private static final Http2Timing PATIENT =
      new Http2Timing(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(60));

  private static SSLContext tls;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void makeKeys(@TempDir Path directory) throws Exception {
    KeyStore key = TestingKeys.make(directory, "server", "ip:127.0.0.1");
    tls = TestingKeys.context(key, key);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable open : opened.reversed()) {
      open.close();
    }
  }

  @Test
  void send_arrivesWholeAndIsKnownByItsStatus() throws Exception {
    TestingHttp2Server server = server(100);
    var came = new ConcurrentLinkedQueue<TestingHttp2Server.Call>();
    server.treat(
        call -> {
          came.add(call);
          call.head(201, Map.of()); // Its body never ends, and nobody waits for it.
        });
    Http2Answer answer = get(client(server).send(request("/a?b=c", "{\"kind\":\"Binding\"}")));
    assertThat(answer).isEqualTo(new Http2Answer(201, "", ""));
    TestingHttp2Server.Call call = came.remove();
    assertThat(call.body()).isEqualTo("{\"kind\":\"Binding\"}");
    assertThat(call.headers().method()).hasToString("POST");
    assertThat(call.path()).isEqualTo("/a?b=c");
    assertThat(call.headers().scheme()).hasToString("https");
    assertThat(call.headers().authority()).hasToString("127.0.0.1:" + server.port());
    assertThat(call.headers().get("accept")).hasToString("application/json");
    assertThat(call.headers().get("content-length")).hasToString("18");
  }

  @Test
  void send_bodyLongerThanAWindow_arrivesWhole() throws Exception {
    TestingHttp2Server server = server(100);
    var lengths = new ConcurrentLinkedQueue<Integer>();
    server.treat(
        call -> {
          lengths.add(call.body().length());
          call.answer(200, Map.of(), "");
        });
    get(client(server).send(request("/big", "x".repeat(300_000))));
    assertThat(lengths).containsExactly(300_000);
  }

  @Test
  void send_refused_hasWhatTheServerSaid() throws Exception {
    TestingHttp2Server server = server(100);
    server.treat(call -> call.answer(429, Map.of("retry-after", "7"), "too many"));
    assertThat(get(client(server).send(request("/a"))))
        .isEqualTo(new Http2Answer(429, "7", "too many"));
  }

  @Test
  void send_moreThanTheServerTakesAtOnce_waitTheirTurn() throws Exception {
    TestingHttp2Server server = server(2);
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    server.treat(
        call -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          call.context()
              .executor()
              .schedule(
                  () -> {
                    open.decrementAndGet();
                    call.answer(200, Map.of(), "");
                  },
                  1,
                  TimeUnit.MILLISECONDS);
        });
    Http2Client client = client(server);
    get(client.send(request("/first"))); // From here on it is known what the server takes.
    List<CompletableFuture<Http2Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(client.send(request("/" + i)));
    }
    for (CompletableFuture<Http2Answer> call : calls) {
      assertThat(get(call).status()).isEqualTo(200);
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void send_fromManyThreadsOverTwoConnections_eachArrivesOnce() throws Exception {
    TestingHttp2Server server = server(100);
    Http2Client client = client(server, 2, PATIENT);
    var calls = new ConcurrentLinkedQueue<CompletableFuture<Http2Answer>>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int from = i * 250;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int j = from; j < from + 250; j++) {
                  calls.add(client.send(request("/" + j)));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (CompletableFuture<Http2Answer> call : calls) {
      assertThat(get(call).status()).isEqualTo(200);
    }
    assertThat(server.seen).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(server.connections).hasSize(2);
  }

  @Test
  void send_noAnswer_failsInTimeAndLetsTheConnectionBe() throws Exception {
    TestingHttp2Server server = server(100);
    server.treat(
        call -> {
          if (!call.path().equals("/silent")) {
            call.answer(200, Map.of(), "");
          }
        });
    Http2Client client =
        client(
            server, 1, new Http2Timing(PATIENT.connect(), Duration.ofMillis(300), PATIENT.ping()));
    var silent = client.send(request("/silent"));
    assertThatThrownBy(() -> get(silent)).isInstanceOf(IOException.class).hasMessage("timeout");
    assertThat(get(client.send(request("/next"))).status()).isEqualTo(200);
    await().until(() -> server.resets.get() == 1);
    assertThat(server.connections).hasSize(1);
  }

  @Test
  void connection_breaks_callFailsIsNotSentAgain_andTheNextGoesOverANewOne() throws Exception {
    TestingHttp2Server server = server(100);
    server.treat(TestingHttp2Server.Call::breakConnection);
    Http2Client client = client(server);
    assertThatThrownBy(() -> get(client.send(request("/lost")))).isInstanceOf(IOException.class);
    server.treat(call -> call.answer(200, Map.of(), ""));
    assertThat(get(client.send(request("/next"))).status()).isEqualTo(200);
    assertThat(server.seen).containsExactly("/lost", "/next");
    assertThat(server.connections).hasSize(2);
  }

  @Test
  void server_goesAway_whatItTookIsAnswered_andTheNextGoesOverANewConnection() throws Exception {
    TestingHttp2Server server = server(100);
    var held = new ConcurrentLinkedQueue<TestingHttp2Server.Call>();
    server.treat(
        call -> {
          held.add(call);
          call.goAway();
        });
    Http2Client client = client(server);
    CompletableFuture<Http2Answer> first = client.send(request("/first"));
    await().until(() -> !held.isEmpty());
    server.treat(call -> call.answer(200, Map.of(), ""));
    // Until the client has read that, it may send over the old one, and hears that it is too late.
    await().ignoreExceptions().until(() -> get(client.send(request("/next"))).isSuccess());
    assertThat(first).isNotDone();
    held.remove().answer(202, Map.of(), "");
    assertThat(get(first).status()).isEqualTo(202);
    assertThat(server.connections).hasSize(2);
    await().until(() -> !server.connections.getFirst().isOpen());
  }

  @Test
  void stream_reset_callFails() {
    TestingHttp2Server server = server(100);
    server.treat(TestingHttp2Server.Call::refuse);
    Http2Client client = client(server);
    assertThatThrownBy(() -> get(client.send(request("/a"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("REFUSED_STREAM");
  }

  @Test
  void server_hangs_isNoticedByItsPings() throws Exception {
    TestingHttp2Server server = server(100);
    server.treat(TestingHttp2Server.Call::hang);
    Http2Client client =
        client(
            server, 1, new Http2Timing(PATIENT.connect(), PATIENT.call(), Duration.ofMillis(200)));
    assertThatThrownBy(() -> get(client.send(request("/hangs")))).isInstanceOf(IOException.class);
    server.treat(call -> call.answer(200, Map.of(), ""));
    assertThat(get(client.send(request("/next"))).status()).isEqualTo(200);
  }

  @Test
  void nobodyListens_callFails_andAnotherTriesAgain() {
    TestingHttp2Server server = server(100);
    Http2Client client = client(server);
    server.close();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> get(client.send(request("/a"))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("refused");
    }
  }

  @Test
  void server_ofAnotherName_hearsNothing() {
    TestingHttp2Server server = server(100);
    Http2Client client =
        new Http2Client(
            "test", new Http2Server("localhost", server.port(), tls, (_, _) -> false), 1, PATIENT);
    opened.add(client);
    assertThatThrownBy(() -> get(client.send(request("/a"))))
        .isInstanceOf(SSLPeerUnverifiedException.class)
        .hasMessageContaining("localhost not verified");
    assertThat(server.seen).isEmpty();
  }

  @Test
  void server_withoutHttp2_isSaidSo() {
    TestingHttp2Server server = opened(new TestingHttp2Server(tls, List.of("http/1.1"), 1));
    Http2Client client = client(server);
    assertThatThrownBy(() -> get(client.send(request("/a"))))
        .isInstanceOf(NoHttp2Exception.class)
        .hasMessageContaining("speaks no HTTP/2 but \"http/1.1\"");
  }

  @Test
  void close_failsWhatIsNotAnswered_andWhatComesAfter() {
    TestingHttp2Server server = server(100);
    server.treat(call -> {});
    Http2Client client = client(server);
    CompletableFuture<Http2Answer> before = client.send(request("/before"));
    await().until(() -> !server.seen.isEmpty());
    client.close();
    assertThatThrownBy(() -> get(before)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(client.send(request("/after"))))
        .isInstanceOf(IOException.class)
        .hasMessage("closed");
    assertThat(server.seen).containsExactly("/before");
  }

  private TestingHttp2Server server(int streams) {
    return opened(new TestingHttp2Server(tls, List.of("h2"), streams));
  }

  private TestingHttp2Server opened(TestingHttp2Server server) {
    opened.add(server);
    return server;
  }

  private Http2Client client(TestingHttp2Server server) {
    return client(server, 1, PATIENT);
  }

  private Http2Client client(TestingHttp2Server server, int connections, Http2Timing timing) {
    var client =
        new Http2Client(
            "test",
            new Http2Server("127.0.0.1", server.port(), tls, (_, _) -> true),
            connections,
            timing);
    opened.add(client);
    return client;
  }

  private static Http2Request request(String path) {
    return request(path, "{}");
  }

  private static Http2Request request(String path, String body) {
    return new Http2Request(
        "POST", path, Map.of("accept", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  private static Http2Answer get(CompletableFuture<Http2Answer> call) throws IOException {
    try {
      return call.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
