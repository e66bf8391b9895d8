package io.viking.adapter.kit.transport;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The caller's end of an adapter: a channel, which the caller shuts down. It connects when it is
 * first used and again, with back-off of at most five seconds, whenever the connection is lost.
 */
public final class AdapterChannel implements AutoCloseable {
  private final ManagedChannel channel;
  private final Runnable afterwards;

  private AdapterChannel(ManagedChannel channel, Runnable afterwards) {
    this.channel = channel;
    this.afterwards = afterwards;
  }

  /**
   * In process or on a Unix socket.
   *
   * @throws IllegalArgumentException for TCP, which must say how it is secured
   */
  public static AdapterChannel open(AdapterAddress address) {
    return switch (address) {
      case AdapterAddress.InProcess inProcess -> inProcess(inProcess);
      case AdapterAddress.UnixSocket socket -> unixSocket(socket);
      case AdapterAddress.Tcp tcp -> throw TcpBinding.unsecured(tcp);
    };
  }

  /**
   * At any address; only TCP uses the security.
   *
   * @throws IllegalArgumentException if plain text would leave the machine
   * @throws IOException with a sentence, if a TLS file cannot be read
   */
  public static AdapterChannel open(AdapterAddress address, TransportSecurity security)
      throws IOException {
    return address instanceof AdapterAddress.Tcp tcp ? tcp(tcp, security) : open(address);
  }

  /** What stubs are made of. */
  public ManagedChannel channel() {
    return channel;
  }

  /** Ends the calls under way and closes the connection. */
  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    afterwards.run();
  }

  private static AdapterChannel inProcess(AdapterAddress.InProcess address) {
    return new AdapterChannel(
        InProcessChannelBuilder.forName(address.name())
            .maxInboundMessageSize(AdapterServer.MAX_MESSAGE_BYTES)
            .build(),
        () -> {});
  }

  private static AdapterChannel unixSocket(AdapterAddress.UnixSocket address) {
    UnixSocketLoop loop = UnixSocketLoop.open();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                UnixDomainSocketAddress.of(address.path()), InsecureChannelCredentials.create())
            .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
            .eventLoopGroup(loop.group())
            .withOption(ChannelOption.SO_KEEPALIVE, null)
            .overrideAuthority("localhost")
            .maxInboundMessageSize(AdapterServer.MAX_MESSAGE_BYTES)
            .build();
    return remote(channel, loop::close);
  }

  private static AdapterChannel tcp(AdapterAddress.Tcp address, TransportSecurity security)
      throws IOException {
    ChannelCredentials credentials = credentials(address, security);
    ManagedChannel channel =
        TlsFiles.using(
                () -> Grpc.newChannelBuilderForAddress(address.host(), address.port(), credentials))
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .maxInboundMessageSize(AdapterServer.MAX_MESSAGE_BYTES)
            .build();
    return remote(channel, () -> {});
  }

  private static AdapterChannel remote(ManagedChannel channel, Runnable afterwards) {
    Reconnection reconnection =
        Reconnection.start(
            () -> channel.getState(false),
            channel::resetConnectBackoff,
            Reconnection.AT_LEAST_EVERY);
    return new AdapterChannel(
        channel,
        () -> {
          reconnection.close();
          afterwards.run();
        });
  }

  private static ChannelCredentials credentials(
      AdapterAddress.Tcp address, TransportSecurity security) throws IOException {
    return switch (security) {
      case TransportSecurity.MutualTls tls -> TlsFiles.check(tls).channelCredentials();
      case TransportSecurity.Insecure ignored -> {
        if (!InetAddress.getByName(address.host()).isLoopbackAddress()) {
          throw Loopback.refused(address);
        }
        yield InsecureChannelCredentials.create();
      }
    };
  }
}
