package io.viking.system;

import io.kubernetes.client.openapi.ApiException;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc;
import io.viking.adapter.sim.v1.ShowLoadBalancersRequest;
import io.viking.adapter.sim.v1.ShowRecordsRequest;
import io.viking.adapter.sim.v1.ShowZonesRequest;
import io.viking.adapter.sim.v1.ShownLoadBalancer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/**
 * The simulated cloud's network as its clients meet it: sockets, names, and what the console shows.
 */
final class CloudNetwork {
  private final Cluster cluster;

  CloudNetwork(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Load balancers on which this cluster has something. */
  List<ShownLoadBalancer> balancers() throws IOException, ApiException {
    String own = cluster.clusterId();
    try (AdapterChannel channel = cluster.adapter()) {
      return NetworkOperatorServiceGrpc.newBlockingStub(channel.channel())
          .showLoadBalancers(ShowLoadBalancersRequest.getDefaultInstance())
          .getLoadBalancersList()
          .stream()
          .filter(one -> one.getClusterId().equals(own))
          .toList();
    }
  }

  /** Where this machine reaches a port of the load balancer with that address or host name. */
  InetSocketAddress socket(String at, int port) throws IOException, ApiException {
    return balancers().stream()
        .filter(
            one ->
                one.getLoadBalancer().getAddressesList().contains(at)
                    || one.getLoadBalancer().getHostname().equals(at))
        .flatMap(one -> one.getSocketsList().stream())
        .filter(socket -> socket.getPort() == port && !socket.getAddress().isEmpty())
        .map(socket -> address(socket.getAddress()))
        .findFirst()
        .orElseThrow(() -> new IOException("nothing serves %s:%d".formatted(at, port)));
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  /** Data of the records of a name, sorted; none: the name has none. */
  Set<String> resolve(String name, int type) throws IOException {
    InetSocketAddress server;
    try (AdapterChannel channel = cluster.adapter()) {
      server =
          address(
              NetworkOperatorServiceGrpc.newBlockingStub(channel.channel())
                  .showZones(ShowZonesRequest.getDefaultInstance())
                  .getDnsAddress());
    }
    var lookup = new Lookup(Name.fromString(name + "."), type);
    lookup.setResolver(new SimpleResolver(server));
    lookup.setCache(null);
    lookup.setSearchPath(List.of());
    Set<String> data = new TreeSet<>();
    Record[] answers = lookup.run();
    if (answers != null) {
      for (Record answer : answers) {
        data.add(answer.rdataToString());
      }
    }
    return data;
  }

  /** Names of all records of this cluster in a zone. */
  List<String> records(String zone) throws IOException, ApiException {
    String own = cluster.clusterId();
    try (AdapterChannel channel = cluster.adapter()) {
      return NetworkOperatorServiceGrpc.newBlockingStub(channel.channel())
          .showRecords(ShowRecordsRequest.newBuilder().setZone(zone).setPageSize(1000).build())
          .getRecordsList()
          .stream()
          .filter(record -> record.getClusterId().equals(own))
          .map(record -> record.getRecord().getName())
          .toList();
    }
  }

  /** Asks over HTTP; the answer with its head. */
  static String get(InetSocketAddress at, String host, String path) throws IOException {
    try (var socket = new java.net.Socket()) {
      socket.connect(at, 5_000);
      return ask(socket, host, path);
    }
  }

  /** Asks over TLS, by name. */
  static String getSecurely(InetSocketAddress at, String host, String path) throws IOException {
    try (SSLSocket socket = tls(at, host)) {
      return ask(socket, host, path);
    }
  }

  /** The certificate that the name is served with. */
  static X509Certificate certificate(InetSocketAddress at, String host) throws IOException {
    try (SSLSocket socket = tls(at, host)) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String ask(java.net.Socket socket, String host, String path) throws IOException {
    socket.setSoTimeout(5_000);
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, host)
                .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
      socket.setSoTimeout(5_000);
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
