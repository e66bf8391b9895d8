package io.viking.syncer.testing;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection in virtual time whose other side takes as many bytes as a test lets it. */
public final class SlowChannel extends EmbeddedChannel {
  private final MockTicker ticker;
  private long room;

  public SlowChannel() {
    this(Ticker.newMockTicker());
  }

  private SlowChannel(MockTicker ticker) {
    super(EmbeddedChannel.builder().ticker(ticker));
    this.ticker = ticker;
  }

  public long nanoTime() {
    return ticker.nanoTime();
  }

  /** Runs what is due at each second of it. */
  public void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      ticker.advance(1, TimeUnit.SECONDS);
      runPendingTasks();
    }
  }

  /** Our side writes so many bytes. */
  public void send(int bytes) {
    writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  /** The other side reads so many bytes, now or when they come. */
  public void take(long bytes) {
    room += bytes;
    flush();
    runPendingTasks();
  }

  public long waiting() {
    var buffer = unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    while (room > 0 && out.current() instanceof io.netty.buffer.ByteBuf next) {
      long taken = Math.min(room, next.readableBytes());
      room -= taken;
      out.removeBytes(taken);
    }
  }
}
