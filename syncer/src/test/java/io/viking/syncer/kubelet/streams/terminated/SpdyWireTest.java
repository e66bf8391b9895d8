package io.viking.syncer.kubelet.streams.terminated;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.testing.SlowChannel;
import org.junit.jupiter.api.Test;

/** A caller who does not read what its own frames bring about. */
class SpdyWireTest {
  private static final int HIGH = 1_000;

  /** Wants no stream at all. */
  private static final class Refusing implements SpdyService {
    @Override
    public boolean opened(int stream, SpdyHeaders headers) {
      return false;
    }

    @Override
    public void replied(int stream) {}

    @Override
    public void reset(int stream) {}

    @Override
    public void received(int stream, ByteBuf data) {}

    @Override
    public void ended(int stream) {}

    @Override
    public void writable() {}

    @Override
    public void gone() {}
  }

  @Test
  void streams_openedWithoutReadingTheirAnswers_stopTheReading() {
    var caller = new SlowChannel();
    caller.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH / 2, HIGH));
    caller
        .pipeline()
        .addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, 1 << 16, 1 << 14, 6, 15, 8))
        .addLast(new SpdyWire(caller, StreamLimits.DEFAULT, wire -> new Refusing()));
    int stream = 1;
    while (caller.config().isAutoRead() && stream < HIGH) {
      caller.pipeline().context(SpdyFrameCodec.class).fireChannelRead(opening(stream));
      stream += 2;
    }

    assertThat(caller.config().isAutoRead()).as("reads on").isFalse();
    assertThat(caller.waiting()).isBetween((long) HIGH, 2L * HIGH);
    caller.take(HIGH);
    assertThat(caller.config().isAutoRead()).as("reads again").isTrue();
  }

  private static DefaultSpdySynStreamFrame opening(int stream) {
    return new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
  }
}
