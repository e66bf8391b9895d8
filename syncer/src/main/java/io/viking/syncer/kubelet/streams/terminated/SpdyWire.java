package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.viking.syncer.kubelet.streams.StreamLimits;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SPDY/3.1 behind the frame codec: streams that the caller opens, pings, the end.
 *
 * <p>No flow control of SPDY's own: the API server's side knows none and would wait for ever for
 * windows that nobody announces. TCP's does it.
 */
final class SpdyWire extends ChannelInboundHandlerAdapter implements Wire {
  private static final Logger log = LoggerFactory.getLogger(SpdyWire.class);

  private enum Side {
    CALLER,
    OURS
  }

  private final StreamLimits limits;
  private final Channel channel;
  private final ReadGate gate;
  private final SpdyService service;

  /** The sides from which each stream is still open. */
  private final Map<Integer, EnumSet<Side>> streams = new HashMap<>();

  private OptionalInt lastPing = OptionalInt.empty();
  private int lastStream;
  private boolean finishing;

  SpdyWire(Channel channel, StreamLimits limits, Function<SpdyWire, SpdyService> service) {
    this.channel = channel;
    this.limits = limits;
    this.gate = new ReadGate(channel);
    this.service = service.apply(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      switch (frame) {
        case SpdySynStreamFrame opening -> open(opening);
        case SpdyHeadersFrame headers -> more(headers);
        case SpdyDataFrame data -> receive(data);
        case SpdyRstStreamFrame reset -> {
          if (streams.remove(reset.streamId()) != null) {
            service.reset(reset.streamId());
          }
        }
        case SpdyPingFrame ping -> {
          if (ping.id() % 2 != 0) { // Its own; an even one would answer ours, and we send none.
            lastPing = OptionalInt.of(ping.id());
            answerPing();
          }
        }
        // Settings, windows, going away: nothing to do, the streams go on until they end.
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  /**
   * A caller who does not read has the last one answered when it does, and none of those before:
   * they may be without number. It is not read less for that: what it types must get through.
   */
  private void answerPing() {
    if (lastPing.isPresent() && channel.isWritable()) {
      channel.writeAndFlush(new DefaultSpdyPingFrame(lastPing.getAsInt()));
      lastPing = OptionalInt.empty();
    }
  }

  private void open(SpdySynStreamFrame opening) {
    int stream = opening.streamId();
    if (opening.isTruncated()) {
      fail("the headers of stream " + stream + " exceed " + limits.headerBytes() + " bytes");
    } else if (opening.isInvalid() || stream % 2 == 0 || stream <= lastStream) {
      fail("stream " + stream + " after " + lastStream + " is malformed or out of order");
    } else {
      lastStream = stream;
      if (streams.size() >= limits.streams()) {
        refuse(stream, SpdyStreamStatus.REFUSED_STREAM);
      } else if (finishing || !service.opened(stream, opening.headers())) {
        refuse(stream, SpdyStreamStatus.PROTOCOL_ERROR);
      } else {
        reply(stream);
        if (opening.isLast()) {
          endOfCaller(stream);
        }
      }
    }
  }

  private void reply(int stream) {
    streams.put(stream, EnumSet.allOf(Side.class));
    var reply = new DefaultSpdySynReplyFrame(stream);
    // A header block of no headers is encoded as no bytes at all, and the other side hangs.
    reply.headers().set("server", "viking");
    channel.writeAndFlush(reply);
    holdUntilWritable();
    service.replied(stream);
  }

  private void refuse(int stream, SpdyStreamStatus why) {
    channel.writeAndFlush(new DefaultSpdyRstStreamFrame(stream, why));
    holdUntilWritable();
  }

  /** Each stream that the caller opens has an answer: who does not read them may open no more. */
  private void holdUntilWritable() {
    if (!channel.isWritable()) {
      gate.hold(this);
    }
  }

  private void more(SpdyHeadersFrame headers) {
    if (headers.isTruncated()) {
      fail("the headers of a stream exceed " + limits.headerBytes() + " bytes");
    } else if (headers.isLast()) {
      endOfCaller(headers.streamId());
    }
  }

  private void receive(SpdyDataFrame data) {
    EnumSet<Side> open = streams.get(data.streamId());
    if (open == null || !open.contains(Side.CALLER)) {
      return; // It ended here while this was under way.
    }
    if (data.content().isReadable()) {
      service.received(data.streamId(), data.content());
    }
    if (data.isLast()) {
      endOfCaller(data.streamId());
    }
  }

  private void endOfCaller(int stream) {
    if (close(stream, Side.CALLER)) {
      service.ended(stream);
    }
  }

  /** Whether it was open from that side until now. */
  private boolean close(int stream, Side side) {
    EnumSet<Side> open = streams.get(stream);
    if (open == null || !open.remove(side)) {
      return false;
    }
    if (open.isEmpty()) {
      streams.remove(stream);
    }
    return true;
  }

  private boolean isOpen(int stream) {
    EnumSet<Side> open = streams.get(stream);
    return open != null && open.contains(Side.OURS);
  }

  @Override
  public void write(int stream, ByteBuf data) {
    if (isOpen(stream)) {
      channel.writeAndFlush(new DefaultSpdyDataFrame(stream, data));
    } else {
      data.release();
    }
  }

  @Override
  public void end(int stream) {
    if (close(stream, Side.OURS)) {
      var last = new DefaultSpdyDataFrame(stream, Unpooled.EMPTY_BUFFER);
      last.setLast(true);
      channel.writeAndFlush(last);
    }
  }

  /** The stream failed, both ways. */
  void reset(int stream) {
    if (streams.remove(stream) != null) {
      refuse(stream, SpdyStreamStatus.CANCEL);
    }
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public ReadGate gate() {
    return gate;
  }

  @Override
  public void finish() {
    finishing = true;
    Lingering.close(
        channel.writeAndFlush(new DefaultSpdyGoAwayFrame(lastStream, SpdySessionStatus.OK)),
        limits.linger());
  }

  private void fail(String why) {
    log.debug("a caller's SPDY connection is cut off: {}", why);
    finishing = true;
    channel
        .writeAndFlush(new DefaultSpdyGoAwayFrame(lastStream, SpdySessionStatus.PROTOCOL_ERROR))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      gate.release(this);
      answerPing();
      service.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    service.gone();
    streams.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("a caller's SPDY connection failed: {}", cause.toString());
    context.close();
  }
}
