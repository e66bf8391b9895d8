package io.viking.adapter.sim.network.serve;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The first to meet a connection: turns away who may not come in or comes when it is full, and
 * closes what is idle.
 */
final class Doorkeeper extends ChannelInboundHandlerAdapter {
  private final Supplier<Door> door;
  private final AtomicInteger connections;
  private final int most;

  /**
   * @param connections of all doors, counted here
   */
  Doorkeeper(Supplier<Door> door, AtomicInteger connections, int most) {
    this.door = door;
    this.connections = connections;
    this.most = most;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    int now = connections.incrementAndGet();
    context.channel().closeFuture().addListener(closed -> connections.decrementAndGet());
    InetSocketAddress client = (InetSocketAddress) context.channel().remoteAddress();
    if (now > most || !Gate.admits(door.get().listener(), client.getAddress())) {
      context.close();
    } else {
      context.fireChannelActive();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close();
    } else {
      context.fireUserEventTriggered(event);
    }
  }
}
