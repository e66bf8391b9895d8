package io.viking.adapter.sim.network.serve;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.cloud.v1.Protocol;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a connection through a listener goes through, by the listener's protocol. */
final class ListenerPipeline extends ChannelInitializer<Channel> {
  static final int MOST_BODY_BYTES = 1 << 20;

  /** Of all listeners together. */
  private static final int MOST_CONNECTIONS = 4096;

  private static final int IDLE_SECONDS = 60;

  private final Protocol protocol;
  private final Supplier<Door> door;
  private final Supplier<Optional<SniKeys>> keys;
  private final Gate gate;
  private final AtomicInteger connections;
  private final Executor executor;

  /**
   * @param door as it is declared now
   * @param keys its certificates now
   */
  ListenerPipeline(
      Protocol protocol,
      Supplier<Door> door,
      Supplier<Optional<SniKeys>> keys,
      Gate gate,
      AtomicInteger connections,
      Executor executor) {
    this.protocol = protocol;
    this.door = door;
    this.keys = keys;
    this.gate = gate;
    this.connections = connections;
    this.executor = executor;
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (protocol == Protocol.PROTOCOL_UDP) {
      pipeline.addLast(new Datagrams(door, gate, executor));
      return;
    }
    pipeline
        .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS))
        .addLast(new Doorkeeper(door, connections, MOST_CONNECTIONS));
    if (protocol == Protocol.PROTOCOL_TCP) {
      channel.config().setAutoRead(false);
      pipeline.addLast(new StreamConnection(door, gate, executor));
      return;
    }
    boolean secure = protocol == Protocol.PROTOCOL_HTTPS;
    if (secure) {
      pipeline.addLast(
          new SniHandler(
              (String name) ->
                  keys.get()
                      .orElseThrow(() -> new IllegalStateException("no certificate is there"))
                      .context(name)));
    }
    pipeline
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(MOST_BODY_BYTES))
        .addLast(new HttpTurns(new BalancedSite(door, gate), secure, executor));
  }
}
