package io.viking.adapter.kit.transport;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket that only its owner can open. Its directory is the owner's alone, so that nobody
 * connects between the bind and the change of the socket's own permissions.
 */
final class UnixSocketBinding implements Binding {
  private static final Logger log = LoggerFactory.getLogger(UnixSocketBinding.class);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final AdapterAddress.UnixSocket address;
  private Optional<SocketLock> lock = Optional.empty();
  private Optional<UnixSocketLoop> loop = Optional.empty();

  UnixSocketBinding(AdapterAddress.UnixSocket address) {
    this.address = address;
  }

  @Override
  public AdapterAddress address() {
    return address;
  }

  @Override
  public ServerBuilder<?> open() throws IOException {
    Path socket = address.path();
    ownDirectory(socket);
    lock = Optional.of(SocketLock.take(socket));
    Files.deleteIfExists(socket);
    UnixSocketLoop opened = UnixSocketLoop.open();
    loop = Optional.of(opened);
    return NettyServerBuilder.forAddress(
            UnixDomainSocketAddress.of(socket), InsecureServerCredentials.create())
        .channelType(NioServerDomainSocketChannel.class)
        // gRPC asks every socket for it, and netty warns for each that has none: null takes it
        // back.
        .withChildOption(ChannelOption.SO_KEEPALIVE, null)
        .bossEventLoopGroup(opened.group())
        .workerEventLoopGroup(opened.group());
  }

  @Override
  public AdapterAddress bound(Server server) throws IOException {
    Files.setPosixFilePermissions(address.path(), OWNER_ONLY);
    return address;
  }

  @Override
  public void close() {
    loop.ifPresent(UnixSocketLoop::close);
    lock.ifPresent(
        held -> {
          try (held) {
            Files.deleteIfExists(address.path());
          } catch (IOException e) {
            log.warn("The socket {} of a stopped server stays behind: {}", address, e.toString());
          }
        });
    lock = Optional.empty();
    loop = Optional.empty();
  }

  private static void ownDirectory(Path socket) throws IOException {
    Path directory = Optional.ofNullable(socket.getParent()).orElse(socket);
    if (Files.notExists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          "the directory %s is open to others (%s); choose one of your own, or chmod 700 it"
              .formatted(directory, PosixFilePermissions.toString(permissions)));
    }
  }
}
