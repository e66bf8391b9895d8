package io.viking.kube.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Probes a connection from time to time, and has one closed that has not answered by the next time:
 * a peer that vanished without a word is not noticed otherwise. Confined to the event loop.
 */
final class Pings {
  private static final long CONTENT = 0;

  private final ChannelHandlerContext context;
  private final Http2ConnectionEncoder encoder;
  private final Runnable silent;
  private boolean unanswered;

  /**
   * @param silent closes the connection
   */
  Pings(
      ChannelHandlerContext context,
      Http2ConnectionEncoder encoder,
      Duration every,
      Runnable silent) {
    this.context = context;
    this.encoder = encoder;
    this.silent = silent;
    long nanos = every.toNanos();
    Future<?> ticks =
        context.executor().scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    context.channel().closeFuture().addListener(_ -> ticks.cancel(false));
  }

  void answered() {
    unanswered = false;
  }

  private void tick() {
    if (unanswered) {
      silent.run();
      return;
    }
    unanswered = true;
    encoder.writePing(context, false, CONTENT, context.newPromise());
    context.channel().flush();
  }
}
