package io.viking.adapter.sim.network.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of HTTP: a request after the other, each answered off the event loop. Its state is
 * confined to the event loop.
 */
final class HttpTurns extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(HttpTurns.class);

  private final HttpSite site;
  private final boolean secure;
  private final Executor executor;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private boolean busy;

  HttpTurns(HttpSite site, boolean secure, Executor executor) {
    this.site = site;
    this.secure = secure;
    this.executor = executor;
  }

  private record Turn(Request request, boolean keepAlive, boolean headOnly) {}

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (message.decoderResult().isFailure()) {
      write(
          context,
          Reply.plain(400, "400: this is no HTTP"),
          new Turn(request(message), false, false));
      return;
    }
    waiting.add(
        new Turn(
            request(message),
            HttpUtil.isKeepAlive(message),
            message.method().equals(HttpMethod.HEAD)));
    next(context);
  }

  private static Request request(FullHttpRequest message) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    message
        .headers()
        .forEach(
            header ->
                headers
                    .computeIfAbsent(
                        header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue()));
    return Request.of(message.method().name(), message.uri(), headers);
  }

  private void next(ChannelHandlerContext context) {
    if (!busy && !waiting.isEmpty()) {
      busy = true;
      Turn turn = waiting.remove();
      InetAddress client = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
      executor.execute(
          () -> {
            Reply reply = reply(turn, client);
            context
                .executor()
                .execute(
                    () -> {
                      write(context, reply, turn);
                      busy = false;
                      next(context);
                    });
          });
    }
    context.channel().config().setAutoRead(waiting.isEmpty());
  }

  private Reply reply(Turn turn, InetAddress client) {
    try {
      return site.answer(turn.request(), client, secure);
    } catch (RuntimeException e) {
      log.warn("A simulated listener could not answer {}", turn.request().path(), e);
      return Reply.plain(500, "500: the simulated cloud could not answer");
    }
  }

  private static void write(ChannelHandlerContext context, Reply reply, Turn turn) {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    ByteBuf content = turn.headOnly() ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), content);
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    HttpUtil.setKeepAlive(response, turn.keepAlive());
    var written = context.writeAndFlush(response);
    if (!turn.keepAlive()) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("A connection to a simulated listener: {}", cause.toString());
    context.close();
  }
}
