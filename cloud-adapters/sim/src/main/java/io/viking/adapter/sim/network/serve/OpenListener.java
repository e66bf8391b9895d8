package io.viking.adapter.sim.network.serve;

import io.netty.channel.Channel;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/** A listener as a socket, or why it is none. What it does follows the declaration of now. */
final class OpenListener {
  private volatile Door door;
  private volatile Optional<SniKeys> keys;
  private volatile Optional<Channel> channel = Optional.empty();
  private volatile String trouble = "";

  OpenListener(Door door, Instant now) {
    this.door = door;
    this.keys = SniKeys.of(door.certificates(), now);
  }

  Door door() {
    return door;
  }

  Optional<SniKeys> keys() {
    return keys;
  }

  void opened(Channel socket) {
    channel = Optional.of(socket);
  }

  void troubled(String sentence) {
    trouble = sentence;
  }

  boolean isOpen() {
    return channel.isPresent();
  }

  /** Whether the same socket can serve another declaration. */
  boolean canBecome(Door next) {
    return next.loopback().equals(door.loopback())
        && next.listener().getProtocol() == door.listener().getProtocol();
  }

  void become(Door next, Instant now) {
    if (!next.certificates().equals(door.certificates())) {
      keys = SniKeys.of(next.certificates(), now);
    }
    door = next;
  }

  /** "127.101.3.7:80"; empty: it is not open. */
  String address() {
    return channel
        .map(socket -> (InetSocketAddress) socket.localAddress())
        .map(at -> at.getAddress().getHostAddress() + ":" + at.getPort())
        .orElse("");
  }

  String trouble() {
    return trouble;
  }

  void close() {
    channel.ifPresent(socket -> socket.close().awaitUninterruptibly());
  }
}
