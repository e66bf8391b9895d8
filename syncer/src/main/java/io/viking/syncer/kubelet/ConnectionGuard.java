package io.viking.syncer.kubelet;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection that only takes room: one that brings no request, one whose caller reads
 * nothing of what waits for it, one that was upgraded and then forgotten. The first in the
 * pipeline: it sees bytes as they come, before TLS. Confined to the event loop.
 */
final class ConnectionGuard extends ChannelDuplexHandler {
  private static final Logger log = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final int LOOKS_PER_LIMIT = 4;

  private enum Phase {
    AWAITS_REQUEST,
    ANSWERS,
    UPGRADED
  }

  /**
   * What stands in the way out.
   *
   * @param first which piece is the next to go
   * @param progress bytes of it that have gone
   */
  private record Backlog(int first, long progress, long bytes) {
    static final Backlog NONE = new Backlog(0, 0, 0);

    boolean isEmpty() {
      return bytes == 0;
    }

    /** Whether the caller took some of it before it came to that. More behind it is none taken. */
    boolean isTakenFrom(Backlog later) {
      return !isEmpty()
          && (first != later.first || progress != later.progress || bytes > later.bytes);
    }
  }

  private final ConnectionLimits limits;
  private final LongSupplier nanoTime;
  private Phase phase = Phase.AWAITS_REQUEST;
  private long phaseBegan;
  private long lastBytes;
  private Backlog backlog = Backlog.NONE;

  /** When the caller was last seen to have taken something that had waited for it. */
  private long lastTaken;

  /** Since when something waits, and nothing of it was taken. */
  private long stallBegan;

  /**
   * @param nanoTime as System.nanoTime
   */
  ConnectionGuard(ConnectionLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /** A request is complete, its answer is being made. */
  void answers() {
    enter(Phase.ANSWERS);
  }

  /** The answer is complete. */
  void awaitsRequest() {
    enter(Phase.AWAITS_REQUEST);
  }

  /** The connection speaks another protocol from now on. */
  void upgraded() {
    enter(Phase.UPGRADED);
  }

  private void enter(Phase next) {
    phase = next;
    phaseBegan = nanoTime.getAsLong();
    lastBytes = phaseBegan;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    enter(Phase.AWAITS_REQUEST);
    lastTaken = phaseBegan;
    stallBegan = phaseBegan;
    lookLater(context);
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastBytes = nanoTime.getAsLong();
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    lastBytes = nanoTime.getAsLong();
    context.write(message, promise);
  }

  private void lookLater(ChannelHandlerContext context) {
    long shortest =
        Math.min(
            limits.idle().toNanos(),
            Math.min(limits.stall().toNanos(), limits.request().toNanos()));
    var unused =
        context
            .executor()
            .schedule(() -> look(context), shortest / LOOKS_PER_LIMIT + 1, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    if (!context.channel().isActive()) {
      return;
    }
    long now = nanoTime.getAsLong();
    see(backlog(context), now);
    if (isOver(limits.stall(), stallBegan, now)) {
      close(context, "took nothing of what waits for it for " + limits.stall());
    } else if (phase == Phase.AWAITS_REQUEST
        // The tail of the answer before it: nobody asks for more while that waits.
        && backlog.isEmpty()
        && isOver(limits.request(), Math.max(phaseBegan, lastTaken), now)) {
      close(context, "brought no request for " + limits.request());
    } else if (phase == Phase.UPGRADED
        && isOver(limits.idle(), Math.max(lastBytes, lastTaken), now)) {
      close(context, "was idle for " + limits.idle());
    } else {
      lookLater(context);
    }
  }

  private void see(Backlog stands, long now) {
    boolean taken = backlog.isTakenFrom(stands);
    if (taken) {
      lastTaken = now;
    }
    if (taken || backlog.isEmpty() || stands.isEmpty()) {
      stallBegan = now;
    }
    backlog = stands;
  }

  private static boolean isOver(Duration limit, long since, long now) {
    return now - since >= limit.toNanos();
  }

  /** Netty's own idle handler looks at the same three. */
  private static Backlog backlog(ChannelHandlerContext context) {
    var buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null
        ? Backlog.NONE
        : new Backlog(
            System.identityHashCode(buffer.current()),
            buffer.currentProgress(),
            buffer.totalPendingWriteBytes());
  }

  private static void close(ChannelHandlerContext context, String why) {
    log.debug("the connection of {} {}: closed", context.channel().remoteAddress(), why);
    context.close();
  }
}
