package io.viking.adapter.sim.network.serve;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the zones answer: one port of loopback, over UDP and TCP. */
final class DnsSocket {
  private static final Logger log = LoggerFactory.getLogger(DnsSocket.class);
  private static final String HOST = "127.0.0.1";
  private static final int TRIES = 20;
  private static final int IDLE_SECONDS = 30;
  private static final int MOST_BYTES = 65_535;

  private final Channel datagrams;
  private final Channel streams;

  private DnsSocket(Channel datagrams, Channel streams) {
    this.datagrams = datagrams;
    this.streams = streams;
  }

  /**
   * Opens it there, or on any free port.
   *
   * @return empty, after a line in the log, if there is none
   */
  static Optional<DnsSocket> open(
      Scene scene, int port, EventLoopGroup threads, Executor executor) {
    DnsReplies replies = new DnsReplies(scene);
    Optional<DnsSocket> opened = Optional.empty();
    for (int attempt = 0; attempt < TRIES && opened.isEmpty(); attempt++) {
      opened = tryOpen(replies, attempt == 0 ? port : 0, threads, executor);
    }
    if (opened.isEmpty()) {
      log.warn("No port of {} is free for the simulated zones: they answer nobody", HOST);
    }
    return opened;
  }

  private static Optional<DnsSocket> tryOpen(
      DnsReplies replies, int port, EventLoopGroup threads, Executor executor) {
    ChannelFuture streams =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel
                        .pipeline()
                        .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                        .addLast(new LengthFieldBasedFrameDecoder(MOST_BYTES + 2, 0, 2, 0, 2))
                        .addLast(new LengthFieldPrepender(2))
                        .addLast(new Stream(replies, executor));
                  }
                })
            .bind(HOST, port)
            .awaitUninterruptibly();
    if (!streams.isSuccess()) {
      return Optional.empty();
    }
    int chosen = ((InetSocketAddress) streams.channel().localAddress()).getPort();
    ChannelFuture datagrams =
        new Bootstrap()
            .group(threads)
            .channel(NioDatagramChannel.class)
            .handler(new Datagram(replies, executor))
            .bind(HOST, chosen)
            .awaitUninterruptibly();
    if (!datagrams.isSuccess()) {
      streams.channel().close().awaitUninterruptibly();
      return Optional.empty();
    }
    return Optional.of(new DnsSocket(datagrams.channel(), streams.channel()));
  }

  String address() {
    return HOST + ":" + ((InetSocketAddress) streams.localAddress()).getPort();
  }

  void close() {
    datagrams.close().awaitUninterruptibly();
    streams.close().awaitUninterruptibly();
  }

  private static final class Datagram extends SimpleChannelInboundHandler<DatagramPacket> {
    private final DnsReplies replies;
    private final Executor executor;

    Datagram(DnsReplies replies, Executor executor) {
      this.replies = replies;
      this.executor = executor;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      byte[] query = ByteBufUtil.getBytes(packet.content());
      InetSocketAddress client = packet.sender();
      executor.execute(
          () ->
              replies
                  .reply(query, true)
                  .ifPresent(
                      bytes ->
                          context.writeAndFlush(
                              new DatagramPacket(Unpooled.wrappedBuffer(bytes), client))));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // An ICMP error for a client that has gone concerns no other client.
    }
  }

  private static final class Stream extends SimpleChannelInboundHandler<ByteBuf> {
    private final DnsReplies replies;
    private final Executor executor;

    Stream(DnsReplies replies, Executor executor) {
      this.replies = replies;
      this.executor = executor;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
      byte[] query = ByteBufUtil.getBytes(frame);
      executor.execute(
          () ->
              replies
                  .reply(query, false)
                  .ifPresentOrElse(
                      bytes -> context.writeAndFlush(Unpooled.wrappedBuffer(bytes)),
                      context::close));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
