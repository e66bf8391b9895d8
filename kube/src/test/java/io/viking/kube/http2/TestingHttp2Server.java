package io.viking.kube.http2;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** A server of HTTP/2 over TLS, on loopback, that treats each call as a test says. */
final class TestingHttp2Server implements AutoCloseable {
  final List<String> seen = new CopyOnWriteArrayList<>();
  final List<Channel> connections = new CopyOnWriteArrayList<>();
  final AtomicInteger resets = new AtomicInteger();
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listening;
  private volatile Consumer<Call> behaviour = call -> call.answer(200, Map.of(), "{}");

  /**
   * @param protocols that it speaks, by ALPN
   * @param streams at most, on one connection
   */
  TestingHttp2Server(SSLContext tls, List<String> protocols, int streams) {
    listening =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.add(channel);
                    SSLEngine engine = tls.createSSLEngine();
                    engine.setUseClientMode(false);
                    SSLParameters parameters = engine.getSSLParameters();
                    parameters.setApplicationProtocols(protocols.toArray(new String[0]));
                    engine.setSSLParameters(parameters);
                    channel
                        .pipeline()
                        .addLast(new Ear())
                        .addLast(new SslHandler(engine))
                        .addLast(
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(new Http2Settings().maxConcurrentStreams(streams))
                                .build())
                        .addLast(new Calls());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** From now on calls are treated so, on the event loop. */
  void treat(Consumer<Call> as) {
    behaviour = as;
  }

  @Override
  public void close() {
    if (threads.isShuttingDown()) {
      return;
    }
    listening.close().syncUninterruptibly();
    connections.forEach(Channel::close);
    threads.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
  }

  /** A call that has come whole. */
  record Call(
      ChannelHandlerContext context, Http2FrameStream stream, Http2Headers headers, String body) {
    String path() {
      return headers.path().toString();
    }

    void answer(int status, Map<String, String> with, String text) {
      head(status, with);
      context.writeAndFlush(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), true)
              .stream(stream));
    }

    /** Begins an answer that does not end. */
    void head(int status, Map<String, String> with) {
      Http2Headers head = new DefaultHttp2Headers().status(Integer.toString(status));
      with.forEach(head::add);
      context.writeAndFlush(new DefaultHttp2HeadersFrame(head, false).stream(stream));
    }

    void refuse() {
      context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(stream));
    }

    /** Tells that no more calls than those that have come are taken on this connection. */
    void goAway() {
      context.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }

    void breakConnection() {
      context.channel().close();
    }

    /** As a peer that hangs: nothing that comes is heard any more. */
    void hang() {
      context.pipeline().get(Ear.class).deaf = true;
    }
  }

  private static final class Ear extends ChannelInboundHandlerAdapter {
    private boolean deaf;

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (deaf) {
        ReferenceCountUtil.release(bytes);
      } else {
        context.fireChannelRead(bytes);
      }
    }
  }

  private final class Calls extends ChannelInboundHandlerAdapter {
    private final Map<Integer, Http2Headers> heads = new HashMap<>();
    private final Map<Integer, StringBuilder> bodies = new HashMap<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      try {
        switch (frame) {
          case Http2HeadersFrame head -> {
            heads.put(head.stream().id(), head.headers());
            bodies.put(head.stream().id(), new StringBuilder());
            if (head.isEndStream()) {
              came(context, head.stream());
            }
          }
          case Http2DataFrame data -> {
            bodies
                .get(data.stream().id())
                .append(new String(ByteBufUtil.getBytes(data.content()), StandardCharsets.UTF_8));
            context.writeAndFlush(
                new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
                    .stream(data.stream()));
            if (data.isEndStream()) {
              came(context, data.stream());
            }
          }
          case Http2ResetFrame _ -> resets.incrementAndGet();
          default -> {
            // Settings and the like.
          }
        }
      } finally {
        ReferenceCountUtil.release(frame);
      }
    }

    private void came(ChannelHandlerContext context, Http2FrameStream stream) {
      var call =
          new Call(
              context, stream, heads.remove(stream.id()), bodies.remove(stream.id()).toString());
      seen.add(call.path());
      behaviour.accept(call);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
