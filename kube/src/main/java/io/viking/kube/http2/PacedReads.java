package io.viking.kube.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.viking.kube.cadence.Cadence;
import java.util.concurrent.TimeUnit;

/**
 * Reads a busy connection by the round, so that several answers are read at once: else the thread
 * is woken for nearly every one. The first of a pipeline; the channel must not read by itself.
 */
final class PacedReads extends ChannelOutboundHandlerAdapter {
  private final Cadence cadence = new Cadence();
  private boolean planned;

  /** An answer was read. */
  void answered() {
    cadence.took(1);
  }

  @Override
  public void read(ChannelHandlerContext context) {
    if (planned) {
      return;
    }
    long early = cadence.nanosEarly();
    if (early == 0) {
      context.read();
      return;
    }
    planned = true;
    context
        .executor()
        .schedule(
            () -> {
              planned = false;
              context.read();
            },
            early,
            TimeUnit.NANOSECONDS);
  }
}
