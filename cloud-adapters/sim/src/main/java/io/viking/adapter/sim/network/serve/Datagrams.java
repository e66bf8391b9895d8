package io.viking.adapter.sim.network.serve;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A listener of UDP: each datagram goes to a pod, which says who it is and what it got. */
final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
  private final Supplier<Door> door;
  private final Gate gate;
  private final Executor executor;

  Datagrams(Supplier<Door> door, Gate gate, Executor executor) {
    this.door = door;
    this.gate = gate;
    this.executor = executor;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    String text = packet.content().toString(StandardCharsets.UTF_8);
    InetSocketAddress client = packet.sender();
    executor.execute(() -> answer(context, client, text));
  }

  private void answer(ChannelHandlerContext context, InetSocketAddress client, String text) {
    Door now = door.get();
    if (!Gate.admits(now.listener(), client.getAddress())) {
      return;
    }
    gate.choose(now, now.listener().getDefaultServerGroup(), client.getAddress())
        .ifPresent(
            taken ->
                taken
                    .pod()
                    .ifPresent(
                        pod ->
                            context.writeAndFlush(
                                new DatagramPacket(
                                    Unpooled.copiedBuffer(
                                        PodAnswer.datagram(pod, taken.backend().getPort(), text),
                                        StandardCharsets.UTF_8),
                                    client))));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // An ICMP error for a client that has gone concerns no other client.
  }
}
