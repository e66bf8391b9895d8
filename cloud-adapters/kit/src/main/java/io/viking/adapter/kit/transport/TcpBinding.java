package io.viking.adapter.kit.transport;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

record TcpBinding(AdapterAddress.Tcp address, TransportSecurity security) implements Binding {
  @Override
  public ServerBuilder<?> open() throws IOException {
    InetAddress host = resolve();
    ServerCredentials credentials = credentials(host);
    return TlsFiles.using(
            () ->
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(host, address.port()), credentials))
        .permitKeepAliveTime(20, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  @Override
  public AdapterAddress bound(Server server) {
    return new AdapterAddress.Tcp(address.host(), server.getPort());
  }

  private InetAddress resolve() throws IOException {
    try {
      return InetAddress.getByName(address.host());
    } catch (UnknownHostException e) {
      throw new IOException("the host \"%s\" does not resolve".formatted(address.host()), e);
    }
  }

  private ServerCredentials credentials(InetAddress host) throws IOException {
    return switch (security) {
      case TransportSecurity.MutualTls tls ->
          TlsFiles.check(tls).serverCredentials(TlsServerCredentials.ClientAuth.REQUIRE);
      case TransportSecurity.Insecure ignored -> {
        if (!host.isLoopbackAddress()) {
          throw Loopback.refused(address);
        }
        yield InsecureServerCredentials.create();
      }
    };
  }

  static IllegalArgumentException unsecured(AdapterAddress.Tcp address) {
    return new IllegalArgumentException(
        "%s needs a certificate, a key and the authority of the other end (or, on a loopback address, to be asked for as insecure)."
            .formatted(address));
  }
}
