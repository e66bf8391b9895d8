package io.viking.chaos.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.viking.controlplane.pki.ClientTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers every call with an empty pod, and its watches with what a test says. */
final class FakeApiServer implements AutoCloseable {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final HttpsServer server;

  FakeApiServer(Path pki) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            ClientTls.context(
                pki.resolve("ca.crt"),
                pki.resolve("apiserver.crt"),
                pki.resolve("apiserver.key"))));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was called, as {@code PATCH /api/v1/...: body}. */
  List<String> heard() {
    return heard;
  }

  void tell(String frame) {
    frames.add(frame);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
      out.flush();
      try {
        while (true) {
          String frame = frames.take();
          out.write(frame.getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      out.write("{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}".getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
