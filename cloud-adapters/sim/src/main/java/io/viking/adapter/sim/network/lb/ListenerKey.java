package io.viking.adapter.sim.network.lb;

import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.Protocol;
import java.util.Comparator;

/**
 * What no two listeners of a load balancer share.
 *
 * @param datagrams UDP and what goes over it, as against TCP
 */
public record ListenerKey(int port, boolean datagrams) implements Comparable<ListenerKey> {
  private static final Comparator<ListenerKey> ORDER =
      Comparator.comparingInt(ListenerKey::port).thenComparing(ListenerKey::datagrams);

  public static ListenerKey of(Listener listener) {
    return new ListenerKey(listener.getPort(), overDatagrams(listener.getProtocol()));
  }

  private static boolean overDatagrams(Protocol protocol) {
    return switch (protocol) {
      case PROTOCOL_UDP, PROTOCOL_QUIC -> true;
      case PROTOCOL_TCP, PROTOCOL_HTTP, PROTOCOL_HTTPS, PROTOCOL_UNSPECIFIED, UNRECOGNIZED -> false;
    };
  }

  @Override
  public int compareTo(ListenerKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return port + (datagrams ? "/UDP" : "/TCP");
  }
}
