package io.viking.syncer.kubelet.streams.tunnel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One direction of a tunnel: what this channel reads, the other writes, no faster than it can. */
final class Relay extends ChannelInboundHandlerAdapter {
  private final Channel from;
  private final Channel to;

  /** Both on the same event loop. */
  Relay(Channel from, Channel to) {
    this.from = from;
    this.to = to;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    to.writeAndFlush(bytes);
    if (!to.isWritable()) {
      from.config().setAutoRead(false);
    }
  }

  /** This side's own: it takes again, or takes no more. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    to.config().setAutoRead(from.isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
