package io.viking.cli.server;

import com.google.common.net.InetAddresses;
import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.viking.cli.CommandFailure;
import io.viking.cli.parts.Explained;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Serves, by default on loopback, for everyone who gets there and with nothing secret: {@code
 * /healthz} (it runs), {@code /readyz} (all parts are ready, else 503 and which are not), {@code
 * /metrics} (Prometheus) and {@code /status} ({@link StatusReport} as JSON). For those who may read
 * the process' {@link ServerFile} only: {@code /explain}, and letting orphans go.
 */
public final class HttpEndpoint implements AutoCloseable {
  static final String ORPHANS = "/orphans/collect";
  static final String EXPLAIN = "/explain";

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String TOKEN_NEEDED = "the token of run/viking.json is needed\n";

  private final HttpServer server;
  private final ExecutorService executor;

  /** Answers why a pod is where it is, or nowhere. */
  public interface Explaining {
    Explained explain(String namespace, String pod);
  }

  private HttpEndpoint(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Begins to serve, on loopback.
   *
   * @param port 0: any free one
   * @param token what a caller must show for what changes something, or tells of pods
   * @param metrics all of them in Prometheus' text format, version 0.0.4
   * @param collectOrphans lets the held instances go and says how many there were
   * @param explaining as JSON; 404 if there is no such pod, 503 if the scheduler does not answer
   * @throws CommandFailure if the port is taken
   */
  public static HttpEndpoint start(
      int port,
      String token,
      Supplier<String> metrics,
      Supplier<StatusReport> status,
      IntSupplier collectOrphans,
      Explaining explaining) {
    return start(
        InetAddress.getLoopbackAddress(), port, token, metrics, status, collectOrphans, explaining);
  }

  /**
   * The same on an address of this machine; "0.0.0.0" is all of them.
   *
   * @throws CommandFailure if the port is taken, or the address is not of this machine
   */
  public static HttpEndpoint start(
      InetAddress address,
      int port,
      String token,
      Supplier<String> metrics,
      Supplier<StatusReport> status,
      IntSupplier collectOrphans,
      Explaining explaining) {
    HttpServer server = listen(address, port);
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    server.createContext("/healthz", exchange -> answer(exchange, "/healthz", 200, TEXT, "ok\n"));
    server.createContext("/readyz", exchange -> readiness(exchange, status.get()));
    server.createContext(
        "/metrics",
        exchange ->
            answer(
                exchange,
                "/metrics",
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                metrics.get()));
    server.createContext(
        "/status",
        exchange ->
            answer(
                exchange,
                "/status",
                200,
                "application/json",
                new Gson().toJson(status.get()) + "\n"));
    server.createContext(
        ORPHANS, exchange -> collection(exchange, "Bearer " + token, collectOrphans));
    server.createContext(EXPLAIN, exchange -> explanation(exchange, "Bearer " + token, explaining));
    server.start();
    return new HttpEndpoint(server, executor);
  }

  private static HttpServer listen(InetAddress address, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new CommandFailure(
          "port %d of %s cannot be had (%s): name another --http-port, or none for any free one."
              .formatted(port, address.getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** {@code http://127.0.0.1:PORT}, or at the address that it listens on. */
  public String address() {
    InetAddress address = server.getAddress().getAddress();
    String host =
        address.isAnyLocalAddress() || address.isLoopbackAddress()
            ? "127.0.0.1"
            : InetAddresses.toUriString(address);
    return "http://" + host + ":" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }

  private static void readiness(HttpExchange exchange, StatusReport status) throws IOException {
    var text = new StringBuilder();
    for (StatusReport.Part part : status.parts()) {
      boolean well = part.state().equals("ready") || part.state().equals(StatusReport.STANDBY);
      text.append(well ? "[+]" : "[-]").append(part.name());
      text.append(' ').append(part.state());
      text.append(part.detail().isEmpty() ? "" : ": " + part.detail()).append('\n');
    }
    text.append(status.state()).append('\n');
    answer(exchange, "/readyz", status.state().equals("ready") ? 200 : 503, TEXT, text.toString());
  }

  private static void collection(HttpExchange exchange, String proof, IntSupplier collect)
      throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, ORPHANS, 405, TEXT, "POST only\n");
      return;
    }
    if (isStranger(exchange, proof)) {
      answer(exchange, ORPHANS, 403, TEXT, TOKEN_NEEDED);
      return;
    }
    answer(exchange, ORPHANS, 200, TEXT, collect.getAsInt() + "\n");
  }

  private static void explanation(HttpExchange exchange, String proof, Explaining explaining)
      throws IOException {
    if (isStranger(exchange, proof)) {
      answer(exchange, EXPLAIN, 403, TEXT, TOKEN_NEEDED);
      return;
    }
    var asked = ExplainQuery.parse(exchange.getRequestURI());
    switch (explaining.explain(asked.namespace(), asked.pod())) {
      case Explained.Pod(var explanation) ->
          answer(exchange, EXPLAIN, 200, "application/json", new Gson().toJson(explanation) + "\n");
      case Explained.NoSuchPod() -> answer(exchange, EXPLAIN, 404, TEXT, "no such pod\n");
      case Explained.NoAnswer(String why) -> answer(exchange, EXPLAIN, 503, TEXT, why + "\n");
    }
  }

  private static boolean isStranger(HttpExchange exchange, String proof) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    return shown == null || !MessageDigest.isEqual(bytes(shown), bytes(proof));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(
      HttpExchange exchange, String path, int code, String type, String content)
      throws IOException {
    try (exchange) {
      boolean known = exchange.getRequestURI().getPath().equals(path);
      byte[] body = (known ? content : "not found\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", known ? type : TEXT);
      exchange.sendResponseHeaders(known ? code : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
