package io.viking.system.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks a socket of this machine, each time on a connection of its own. */
final class Dial {
  private static final int PATIENCE_MILLIS = 5_000;

  private Dial() {}

  static Answer get(InetSocketAddress at, Request request) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(at, PATIENCE_MILLIS);
      return ask(socket, request);
    }
  }

  /** Over TLS, by the request's host. */
  static Answer getSecurely(InetSocketAddress at, Request request) throws IOException {
    try (SSLSocket socket = tls(at, request.host())) {
      return ask(socket, request);
    }
  }

  /** The certificate that the name is served with. */
  static X509Certificate certificate(InetSocketAddress at, String host) throws IOException {
    try (SSLSocket socket = tls(at, host)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** What comes back for a datagram. */
  static String datagram(InetSocketAddress at, String text) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      socket.send(new DatagramPacket(bytes, bytes.length, at));
      var answer = new DatagramPacket(new byte[4096], 4096);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
    }
  }

  private static Answer ask(Socket socket, Request request) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(request.text().getBytes(StandardCharsets.US_ASCII));
    return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static SSLSocket tls(InetSocketAddress at, String host) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      var socket =
          (SSLSocket) context.getSocketFactory().createSocket(at.getAddress(), at.getPort());
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The test looks at the certificate itself. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
