package io.viking.chaos.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.viking.adapter.kit.faults.ArmedFaults;
import io.viking.controlplane.pki.ClientTls;
import io.viking.controlplane.pki.Kubeconfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Stands before an API server on the loopback interface and hands on whatever comes from a client
 * of the cluster, unless a fault is meant for it. Speaks HTTP/1.1, a thread per call.
 */
public final class ApiProxy implements AutoCloseable {
  private static final Set<String> NOT_OURS_TO_SEND =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");
  private static final int BACKLOG = 1024;

  static {
    // Without it each small frame waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final URI upstream;
  private final Identity identity;
  private final HttpClient http;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ArmedFaults<ApiCall, ApiFault> faults;
  private final Set<WatchRelay> watches = ConcurrentHashMap.newKeySet();
  private volatile Slowness slowness = new Slowness(Duration.ZERO, System.nanoTime());

  private record Slowness(Duration by, long untilNanos) {
    Duration delay(long nanos) {
      return untilNanos - nanos > 0 ? by : Duration.ZERO;
    }
  }

  /**
   * Who the proxy is towards both sides.
   *
   * @param authority that all of them trust
   * @param serving the name of its serving certificate: {@code serving.crt}, {@code serving.key}
   * @param client the same of the client that the API server takes it for, and that may call it
   */
  public record Identity(Path directory, String authority, String serving, String client) {
    private SSLContext tls(String who) {
      return ClientTls.context(certificate(authority), certificate(who), key(who));
    }

    private Path certificate(String name) {
      return directory.resolve(name + ".crt");
    }

    private Path key(String name) {
      return directory.resolve(name + ".key");
    }
  }

  private ApiProxy(URI upstream, Identity identity, InstantSource clock) throws IOException {
    this.upstream = upstream;
    this.identity = identity;
    this.faults = new ArmedFaults<>(clock);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(identity.tls(identity.client()))
            .connectTimeout(Duration.ofSeconds(5))
            .executor(threads)
            .build();
    this.server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(identity.tls(identity.serving())) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ours = getSSLContext().getDefaultSSLParameters();
            ours.setNeedClientAuth(true);
            parameters.setSSLParameters(ours);
          }
        });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  public static ApiProxy start(URI upstream, Identity identity, InstantSource clock)
      throws IOException {
    var proxy = new ApiProxy(upstream, identity, clock);
    proxy.server.start();
    return proxy;
  }

  /** Writes the kubeconfig of a client that goes through the proxy. */
  public void writeKubeconfig(Path file) {
    new Kubeconfig(
            URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
            "chaos",
            "chaos",
            identity.certificate(identity.authority()),
            new Kubeconfig.ClientCertificate(
                identity.certificate(identity.client()), identity.key(identity.client())))
        .write(file);
  }

  /** The fault happens to each of the next such calls, so many times. */
  public void arm(Predicate<ApiCall> meantFor, ApiFault.OfCall fault, int times) {
    faults.arm(meantFor, fault, times);
  }

  /** Forgets what was armed and has not struck yet. */
  public void disarm() {
    faults.disarm();
  }

  /**
   * Does it to all watches of a resource that stand now.
   *
   * @return how many there were
   */
  public int strikeWatches(String resource, ApiFault.OfWatch fault) {
    List<WatchRelay> standing =
        watches.stream().filter(watch -> watch.call().resource().equals(resource)).toList();
    standing.forEach(
        watch -> {
          faults.record(watch.call(), fault);
          watch.strike(fault);
        });
    return standing.size();
  }

  /**
   * Each call that comes from now on takes that much longer.
   *
   * @param time for so long; a call that has begun by then still does
   */
  public void slowDown(ApiFault.Slow fault, Duration time) {
    faults.record(new ApiCall("any", "any", "for " + time), fault);
    slowness = new Slowness(fault.by(), System.nanoTime() + time.toNanos());
  }

  /** How many faults are armed and wait for their calls. */
  public int waiting() {
    return faults.waiting();
  }

  /** All faults that have happened, in order. */
  public List<ArmedFaults.Struck<ApiCall, ApiFault>> struck() {
    return faults.struck();
  }

  @Override
  public void close() {
    server.stop(0);
    watches.forEach(watch -> watch.strike(new ApiFault.Cut()));
    http.shutdownNow();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var call = ApiCall.of(exchange.getRequestMethod(), exchange.getRequestURI());
    try {
      Thread.sleep(slowness.delay(System.nanoTime()));
      Optional<ApiFault> fault = faults.take(call);
      if (fault.isEmpty()) {
        relay(exchange, call, body);
        return;
      }
      switch (fault.get()) {
        case ApiFault.Refused(int code, int retryAfter) -> refuse(exchange, code, retryAfter);
        case ApiFault.RequestLost() -> exchange.close();
        case ApiFault.AnswerLost() -> {
          try (InputStream unread = send(exchange, body).body()) {
            // The status line is here: the server has done it.
          }
          exchange.close();
        }
        case ApiFault.Late(Duration by) -> {
          Thread.sleep(by);
          relay(exchange, call, body);
        }
        case ApiFault.HalfAnswered() -> halfAnswer(exchange, call, body);
        case ApiFault.OfWatch ofWatch -> throw new IllegalStateException("armed " + ofWatch);
        case ApiFault.OfServer ofServer -> throw new IllegalStateException("armed " + ofServer);
      }
    } catch (IOException gone) {
      // An answer that has begun is cut by the throw; closing would give it a proper end.
      if (exchange.getResponseCode() < 0) {
        exchange.close();
      }
      throw gone;
    } catch (InterruptedException closing) {
      exchange.close();
      Thread.currentThread().interrupt();
    }
  }

  private void relay(HttpExchange exchange, ApiCall call, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(exchange, body);
    try (InputStream content = answer.body()) {
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!NOT_OURS_TO_SEND.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      if (call.verb().equals("watch") && answer.statusCode() == 200) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        var watch = new WatchRelay(call, content, exchange.getResponseBody());
        watches.add(watch);
        try {
          watch.run();
        } finally {
          watches.remove(watch);
        }
        exchange.close();
      } else {
        respond(exchange, answer.statusCode(), content.readAllBytes());
      }
    }
  }

  /** Promises more than comes; nothing of a watch comes. */
  private void halfAnswer(HttpExchange exchange, ApiCall call, byte[] body)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(exchange, body);
    try (InputStream content = answer.body()) {
      byte[] whole = call.verb().equals("watch") ? new byte[0] : content.readAllBytes();
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), whole.length + 1L);
      exchange.getResponseBody().write(whole, 0, whole.length / 2);
      exchange.getResponseBody().flush();
    }
    throw new IOException("fault: the answer was cut");
  }

  private HttpResponse<InputStream> send(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upstream.resolve(uri.getRawPath() + query))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_OURS_TO_SEND.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static void refuse(HttpExchange exchange, int code, int retryAfter) throws IOException {
    if (retryAfter > 0) {
      exchange.getResponseHeaders().set("Retry-After", Integer.toString(retryAfter));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    respond(exchange, code, Statuses.json(code).getBytes(StandardCharsets.UTF_8));
  }

  private static void respond(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
