package io.viking.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {
  @TempDir Path temporary;

  @Test
  void plain_isTrue_onlyForAnOk() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/good", exchange -> answer(exchange, 200));
    server.createContext("/bad", exchange -> answer(exchange, 503));
    server.start();
    int port = server.getAddress().getPort();
    try {
      assertThat(Serving.plain(port, "/good").getAsBoolean()).isTrue();
      assertThat(Serving.plain(port, "/bad").getAsBoolean()).isFalse();
    } finally {
      server.stop(0);
    }
    assertThat(Serving.plain(port, "/good").getAsBoolean()).isFalse();
  }

  @Test
  void selfSigned_isFalse_beforeItsCertificateIsThereOrWhole() throws Exception {
    Path certificate = temporary.resolve("server.crt");
    Serving serving = Serving.selfSigned(1, "/readyz", certificate);
    assertThat(serving.getAsBoolean()).isFalse();
    Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nhalf");
    assertThat(serving.getAsBoolean()).isFalse();
  }

  private static void answer(HttpExchange exchange, int code) throws IOException {
    exchange.sendResponseHeaders(code, -1);
    exchange.close();
  }
}
