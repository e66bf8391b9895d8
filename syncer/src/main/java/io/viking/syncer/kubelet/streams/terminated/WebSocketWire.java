package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.viking.syncer.kubelet.streams.StreamLimits;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes' channels over WebSocket frames: the first byte of a message is the channel. From v5
 * on a message on channel 255 closes the channel that it names; before, only the connection's end
 * ends a channel.
 */
final class WebSocketWire extends ChannelInboundHandlerAdapter implements Wire {
  private static final Logger log = LoggerFactory.getLogger(WebSocketWire.class);
  private static final int CLOSE_CHANNEL = 255;
  private static final int NONE = -1;

  private final Channel channel;
  private final StreamLimits limits;
  private final boolean closesChannels;
  private final ReadGate gate;
  private final WireListener listener;
  private final Set<Integer> ended = new HashSet<>();

  /** Of a message that comes in fragments. */
  private int fragmentsOf = NONE;

  private Optional<ByteBuf> lastPing = Optional.empty();
  private boolean finishing;
  private boolean gone;

  /**
   * @param closesChannels v5
   */
  WebSocketWire(
      Channel channel,
      StreamLimits limits,
      boolean closesChannels,
      Function<Wire, WireListener> listener) {
    this.channel = channel;
    this.limits = limits;
    this.closesChannels = closesChannels;
    this.gate = new ReadGate(channel);
    this.listener = listener.apply(this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    try {
      listener.begin();
    } catch (RuntimeException defect) {
      // Netty would take this handler out, and leave a caller with a connection that nobody serves.
      log.warn("a stream could not begin", defect);
      channel
          .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.INTERNAL_SERVER_ERROR))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      switch (message) {
        case PingWebSocketFrame ping -> {
          lastPing = Optional.of(Unpooled.copiedBuffer(ping.content()));
          answerPing();
        }
        case PongWebSocketFrame _ -> {}
        case CloseWebSocketFrame close -> {
          if (finishing) {
            channel.close();
          } else {
            finishing = true;
            Lingering.close(channel.writeAndFlush(close.retain()), limits.linger());
            tellGone();
          }
        }
        // Text is taken for what it is: bytes, as the kubelet does.
        case WebSocketFrame frame -> receive(frame);
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  /** As RFC 6455, 5.5.3 has it: of a caller who does not read, the last one, once it does. */
  private void answerPing() {
    if (lastPing.isPresent() && channel.isWritable()) {
      channel.writeAndFlush(new PongWebSocketFrame(lastPing.get()));
      lastPing = Optional.empty();
    }
  }

  private void receive(WebSocketFrame frame) {
    ByteBuf data = frame.content();
    int stream = fragmentsOf;
    if (!(frame instanceof ContinuationWebSocketFrame)) {
      if (!data.isReadable()) {
        return;
      }
      stream = data.readUnsignedByte();
    }
    fragmentsOf = frame.isFinalFragment() ? NONE : stream;
    if (finishing) {
      return;
    }
    if (stream == CLOSE_CHANNEL && closesChannels) {
      if (data.isReadable()) {
        listener.ended(data.readUnsignedByte());
      }
    } else if (data.isReadable()) {
      listener.received(stream, data);
    }
  }

  @Override
  public void write(int stream, ByteBuf data) {
    if (finishing || ended.contains(stream)) {
      data.release();
      return;
    }
    ByteBuf number = Unpooled.buffer(1).writeByte(stream);
    channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(number, data)));
  }

  @Override
  public void end(int stream) {
    ended.add(stream);
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
    if (!finishing) {
      finishing = true;
      Lingering.close(
          channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE)),
          limits.linger());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      answerPing();
      if (!gone) {
        listener.writable();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    tellGone();
  }

  /** Whoever says goodbye goes, and is heard of once. */
  private void tellGone() {
    if (!gone) {
      gone = true;
      listener.gone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A frame that is too large or malformed: the decoder has said so in a close frame.
    log.debug("a caller's WebSocket failed: {}", cause.toString());
    context.close();
  }
}
