package io.viking.adapter.sim.network.serve;

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

/** Bytes over real sockets, for tests. */
public final class Wire {
  private static final int PATIENCE_MILLIS = 10_000;

  private Wire() {}

  /**
   * Sends, and reads until the other side closes.
   *
   * @param address host:port
   */
  public static String exchange(String address, String text) throws IOException {
    try (Socket socket = connect(address)) {
      return exchange(socket, text);
    }
  }

  /** Sends, and reads so many bytes. */
  public static String echo(String address, String text, int bytes) throws IOException {
    try (Socket socket = connect(address)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }
  }

  public static String get(String address, String host, String path, String... headers)
      throws IOException {
    return exchange(address, request(host, path, headers));
  }

  private static String request(String host, String path, String... headers) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host);
    for (String header : headers) {
      request.append("\r\n").append(header);
    }
    return request.append("\r\nConnection: close\r\n\r\n").toString();
  }

  /** An answer over TLS and the certificate that came with it. */
  public record Secure(String answer, X509Certificate certificate) {}

  public static Secure getSecurely(String address, String host, String path)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, null);
    try (Socket plain = connect(address);
        SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, host, 443, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return new Secure(exchange(socket, request(host, path)), certificate);
    }
  }

  /** Sends a datagram and gives the one that comes back. */
  public static byte[] datagram(String address, byte[] bytes) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.send(new DatagramPacket(bytes, bytes.length, parse(address)));
      DatagramPacket answer = new DatagramPacket(new byte[65_536], 65_536);
      socket.receive(answer);
      return java.util.Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private static Socket connect(String address) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(parse(address), PATIENCE_MILLIS);
    return socket;
  }

  private static String exchange(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static InetSocketAddress parse(String address) {
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private static final class TrustsAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
