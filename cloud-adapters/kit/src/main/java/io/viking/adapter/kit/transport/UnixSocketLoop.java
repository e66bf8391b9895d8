package io.viking.adapter.kit.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The event loop of a Unix socket: one daemon thread. */
record UnixSocketLoop(EventLoopGroup group) implements AutoCloseable {
  static UnixSocketLoop open() {
    return new UnixSocketLoop(
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("adapter-unix", true), NioIoHandler.newFactory()));
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
  }
}
