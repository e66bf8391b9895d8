package io.viking.kube.http2;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Makes connections to one server, as far as they are fit for calls. */
final class Connector {
  private final Http2Server server;
  private final Http2Timing timing;
  private final RequestHeaders headers;

  Connector(Http2Server server, Http2Timing timing) {
    this.server = server;
    this.timing = timing;
    this.headers = new RequestHeaders(server.authority());
  }

  /** What becomes of an attempt; on the event loop. */
  interface Outcome extends Session.Listener {
    /** There is no connection; the last that is heard of this attempt. */
    void failed(Throwable cause);
  }

  void open(EventLoop loop, Outcome outcome) {
    var reads = new PacedReads();
    var tls = new SslHandler(server.engine());
    tls.setHandshakeTimeout(timing.connect().toMillis(), TimeUnit.MILLISECONDS);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        // Pools hold a few MiB for each thread that has ever used them; here little is allocated.
        .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timing.connect().toMillis()))
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(reads, tls);
              }
            })
        .connect(server.host(), server.port())
        .addListener(
            connected -> {
              if (connected.isSuccess()) {
                tls.handshakeFuture().addListener(shaken -> secured(shaken, tls, reads, outcome));
              } else {
                outcome.failed(connected.cause());
              }
            });
  }

  private void secured(
      Future<? super Channel> shaken, SslHandler tls, PacedReads reads, Outcome outcome) {
    if (!shaken.isSuccess()) {
      outcome.failed(shaken.cause());
      return;
    }
    ChannelHandlerContext context = tls.handshakeFuture().getNow().pipeline().context(tls);
    try {
      server.requireFit(tls.engine());
      var unused = new Session(context, reads, headers, timing, outcome);
    } catch (IOException | RuntimeException unfit) {
      context.close();
      outcome.failed(unfit);
    }
  }
}
