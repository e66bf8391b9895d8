package io.viking.adapter.kit.transport;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The event loop of a Unix socket: one daemon thread. */
record EpollLoops(EventLoopGroup group) implements AutoCloseable {
  /**
   * @throws IOException where this system has no epoll
   */
  static EpollLoops open() throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException(
          "Unix sockets need Linux (epoll) on amd64 or arm64; use tcp: or inprocess:",
          Epoll.unavailabilityCause());
    }
    return new EpollLoops(
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("adapter-unix", true), EpollIoHandler.newFactory()));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }
}
