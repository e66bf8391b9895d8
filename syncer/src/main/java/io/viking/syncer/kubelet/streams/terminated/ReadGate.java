package io.viking.syncer.kubelet.streams.terminated;

import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.Set;

/** Reads a connection only while nobody holds it. Confined to the connection's event loop. */
final class ReadGate {
  private final Channel channel;
  private final Set<Object> holders = new HashSet<>();

  ReadGate(Channel channel) {
    this.channel = channel;
  }

  void hold(Object holder) {
    if (holders.add(holder)) {
      channel.config().setAutoRead(false);
    }
  }

  void release(Object holder) {
    if (holders.remove(holder) && holders.isEmpty()) {
      channel.config().setAutoRead(true);
    }
  }
}
