package io.viking.syncer.kubelet.streams.tunnel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.viking.syncer.kubelet.streams.StreamRequest;
import io.viking.syncer.kubelet.streams.StreamWay;
import io.viking.syncer.kubelet.streams.Upgrade;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats the caller's request to the pool's streaming server and, once that has switched
 * protocols, copies bytes both ways. Which protocol they speak is their matter.
 *
 * <p>Both connections are on one event loop. Who is slower stops the other's reading; when one
 * ends, what it sent is passed on and the other ends.
 */
public final class RawTunnel implements StreamWay {
  private static final Logger log = LoggerFactory.getLogger(RawTunnel.class);
  private static final int MAX_ANSWER = 64 * 1024;

  private final StreamingServer server;
  private final Duration patience;

  /**
   * @param patience for the connection, and for the answer after that
   */
  public RawTunnel(StreamingServer server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  @Override
  public void serve(StreamRequest request, Upgrade upgrade) {
    URI uri = server.locate(request);
    ChannelFuture dialled =
        new Bootstrap()
            .group(upgrade.channel().eventLoop())
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(MAX_ANSWER))
                        .addLast(new Answer(upgrade));
                  }
                })
            .connect(uri.getHost(), uri.getPort());
    upgrade.channel().closeFuture().addListener(gone -> dialled.channel().close());
    dialled.addListener(
        done -> {
          if (done.isSuccess()) {
            repeat(uri, upgrade, dialled.channel());
          } else {
            log.warn(
                "the pool's streaming server at {}:{} cannot be reached: {}",
                uri.getHost(),
                uri.getPort(),
                done.cause().toString());
            upgrade.refuse(503, "the pool's streaming server does not answer");
          }
        });
  }

  private void repeat(URI uri, Upgrade upgrade, Channel channel) {
    String query = uri.getRawQuery();
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            upgrade.request().method(),
            uri.getRawPath() + (query == null ? "" : "?" + query));
    request.headers().set(upgrade.request().headers());
    // Who the caller is was settled here.
    request.headers().remove(HttpHeaderNames.AUTHORIZATION);
    request.headers().set(HttpHeaderNames.HOST, uri.getHost() + ":" + uri.getPort());
    channel.writeAndFlush(request);
    var unused =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  if (channel.pipeline().get(Answer.class) != null) {
                    channel.close();
                  }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  /** The streaming server's answer; confined to the event loop. */
  private static final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final Upgrade upgrade;
    private boolean answered;

    Answer(Upgrade upgrade) {
      this.upgrade = upgrade;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      answered = true;
      if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
        upgrade.refuse(
            response.status().code(), response.content().toString(StandardCharsets.UTF_8).strip());
        context.close();
        return;
      }
      Channel pool = context.channel();
      upgrade.accept(
          response.headers(), pipeline -> pipeline.addLast(new Relay(upgrade.channel(), pool)));
      pool.pipeline().addLast(new Relay(pool, upgrade.channel()));
      pool.pipeline().remove(this);
      pool.pipeline().remove(HttpObjectAggregator.class);
      // Last: bytes that came with the answer go on to the relay.
      pool.pipeline().remove(HttpClientCodec.class);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!answered) {
        answered = true;
        upgrade.refuse(503, "the pool's streaming server gave no answer");
      }
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      log.debug("the pool's streaming server: {}", cause.toString());
      context.close();
    }
  }
}
