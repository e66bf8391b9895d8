package io.viking.kube.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection at work. Confined to its event loop.
 *
 * <p>It takes no call before the server has said how many streams it allows, nor more than those. A
 * stream that ends without an answer, for whatever reason, fails its call: nothing is sent twice.
 */
final class Session extends Http2EventAdapter {
  /** Answers are dropped as they come; the server should not have to wait for that. */
  private static final int WINDOW = 1 << 20;

  private static final String INTERIM = "1";

  private final PacedReads reads;
  private final RequestHeaders headers;
  private final Http2ConnectionHandler handler;
  private final ChannelHandlerContext context;
  private final Deadlines deadlines = new Deadlines(this::expired);
  private final IntObjectMap<Exchange> exchanges = new IntObjectHashMap<>();
  private final Pings pings;
  private final Listener listener;
  private long allowed;
  private boolean ready;
  private boolean retired;

  /** Called on the event loop. */
  interface Listener {
    /** Calls may be sent from now on. */
    void ready(Session session);

    /** There is room for another call; what is sent now needs no flush. */
    void room();

    /** The connection is no more. */
    void closed(Session session);
  }

  /**
   * Puts HTTP/2 on a connection whose TLS stands.
   *
   * @param tls the pipeline's last handler
   * @param reads its first
   */
  Session(
      ChannelHandlerContext tls,
      PacedReads reads,
      RequestHeaders headers,
      Http2Timing timing,
      Listener listener) {
    this.listener = listener;
    this.reads = reads;
    this.headers = headers;
    this.handler =
        new Http2ConnectionHandlerBuilder()
            .server(false)
            .frameListener(this)
            .initialSettings(
                Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(WINDOW))
            .headerSensitivityDetector(RequestHeaders::isOnceOnly)
            .build();
    handler.connection().addListener(this);
    tls.pipeline().addLast(handler);
    this.context = tls.pipeline().context(handler);
    this.pings = new Pings(context, handler.encoder(), timing.ping(), this::abandon);
    context.channel().closeFuture().addListener(_ -> closed());
    context
        .executor()
        .schedule(this::requireReady, timing.connect().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void requireReady() {
    if (!ready) {
      abandon();
    }
  }

  /** Whether it will take calls, now or when there is room. */
  boolean isFit() {
    return ready && !retired && context.channel().isActive();
  }

  boolean hasRoom() {
    return isFit() && exchanges.size() < allowed;
  }

  /** Sends the call, with the next {@link #flush}. */
  void send(Exchange exchange) {
    int stream = handler.connection().local().incrementAndGetNextStreamId();
    if (stream < 0) {
      retire();
      exchange.fail(new IOException("the connection has no number left for another call"));
      return;
    }
    exchanges.put(stream, exchange);
    deadlines.add(exchange, context.executor());
    Http2Request request = exchange.send(stream);
    handler
        .encoder()
        .writeHeaders(
            context,
            stream,
            headers.of(request),
            0,
            request.body().length == 0,
            context.newPromise())
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                lost(stream, sent.cause());
              }
            });
    if (request.body().length > 0) {
      handler
          .encoder()
          .writeData(
              context,
              stream,
              Unpooled.wrappedBuffer(request.body()),
              0,
              true,
              context.newPromise());
    }
  }

  void flush() {
    context.channel().flush();
  }

  /** Closes the connection; calls that are not answered fail. */
  void abandon() {
    retired = true;
    // Past HTTP/2's own handler, which would wait for the streams.
    context.close();
  }

  /** Sends no more calls; those that were sent may still be answered. */
  private void retire() {
    if (!retired) {
      retired = true;
      context.pipeline().close();
    }
  }

  private void expired(Exchange exchange) {
    exchange.fail(new IOException("timeout"));
    handler
        .encoder()
        .writeRstStream(context, exchange.stream(), Http2Error.CANCEL.code(), context.newPromise());
    flush();
  }

  private void lost(int stream, @Nullable Throwable cause) {
    Exchange exchange = exchanges.remove(stream);
    // Most streams end after their answer: no exception is made for those.
    if (exchange != null && !exchange.isOver()) {
      exchange.fail(cause == null ? new IOException("the connection broke") : cause);
    }
  }

  private void closed() {
    for (Exchange exchange : new ArrayList<>(exchanges.values())) {
      lost(exchange.stream(), null);
    }
    listener.closed(this);
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext on, Http2Settings settings) {
    Long streams = settings.maxConcurrentStreams();
    if (streams != null) {
      allowed = streams;
    } else if (!ready) {
      allowed = Long.MAX_VALUE;
    }
    if (!ready) {
      ready = true;
      listener.ready(this);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext on, int stream, Http2Headers read, int padding, boolean isLast) {
    Exchange exchange = exchanges.get(stream);
    String status = String.valueOf(read.status());
    if (exchange == null || status.startsWith(INTERIM)) {
      return;
    }
    reads.answered();
    CharSequence retryAfter = read.get("retry-after");
    exchange.head(Integer.parseInt(status), retryAfter == null ? "" : retryAfter.toString());
    if (isLast) {
      exchange.end();
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext on,
      int stream,
      Http2Headers read,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean isLast) {
    onHeadersRead(on, stream, read, padding, isLast);
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext on, int stream, ByteBuf data, int padding, boolean isLast) {
    Exchange exchange = exchanges.get(stream);
    if (exchange != null) {
      exchange.body(data);
      if (isLast) {
        exchange.end();
      }
    }
    return data.readableBytes() + padding;
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext on, int stream, long code) {
    lost(stream, new IOException("stream was reset: " + Http2Error.valueOf(code)));
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    lost(stream.id(), null);
    listener.room();
  }

  @Override
  public void onGoAwayReceived(int lastStream, long code, ByteBuf debugData) {
    retire();
  }

  @Override
  public void onPingAckRead(ChannelHandlerContext on, long data) {
    pings.answered();
  }
}
