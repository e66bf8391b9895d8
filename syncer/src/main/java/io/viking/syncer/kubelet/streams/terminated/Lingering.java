package io.viking.syncer.kubelet.streams.terminated;

import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that its last bytes arrive. Closed at once, with input unread, TCP resets it
 * and takes from the caller what it has not read yet. So the caller hangs up first, if it does so
 * in time.
 */
final class Lingering {
  private Lingering() {}

  /**
   * @param last the connection's last write
   * @param patience how long the caller has once it was sent
   */
  static void close(ChannelFuture last, Duration patience) {
    last.addListener(
        written ->
            last.channel()
                .eventLoop()
                .schedule(
                    () -> last.channel().close(), patience.toMillis(), TimeUnit.MILLISECONDS));
  }
}
