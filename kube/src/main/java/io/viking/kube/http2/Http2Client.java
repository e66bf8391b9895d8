package io.viking.kube.http2;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one server over HTTP/2 and TLS: one event loop sends them and hears the answers, and no
 * call has a thread that waits. Connections are made when they are first needed, and calls go round
 * them. Safe for all threads.
 */
public final class Http2Client implements AutoCloseable {
  private final String name;
  private final Http2Server server;
  private final int connections;
  private final Http2Timing timing;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile @Nullable Running running;

  @GuardedBy("this")
  private boolean closed;

  private record Running(EventLoopGroup threads, List<Link> links) {}

  /**
   * @param name of its thread
   * @param connections at least 1
   */
  public Http2Client(String name, Http2Server server, int connections, Http2Timing timing) {
    this.name = name;
    this.server = server;
    this.connections = connections;
    this.timing = timing;
  }

  /**
   * Sends a call, once only. Returns at once; the answer comes on the event loop, which nobody may
   * block.
   *
   * <p>The future fails with an {@link IOException} if there was no answer: the call may have been
   * done or not. {@link NoHttp2Exception}: it was not sent.
   */
  public CompletableFuture<Http2Answer> send(Http2Request request) {
    Running now = running;
    if (now == null) {
      now = start();
    }
    if (now == null) {
      return CompletableFuture.failedFuture(new IOException("closed"));
    }
    var exchange = new Exchange(request, System.nanoTime() + timing.call().toNanos());
    int next = Math.floorMod(turn.getAndIncrement(), now.links().size());
    now.links().get(next).send(exchange);
    return exchange.answer();
  }

  /** Not before the first call: who never writes does not pay for it. */
  private synchronized @Nullable Running start() {
    Running now = running;
    if (now != null || closed) {
      return now;
    }
    var threads =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    EventLoop loop = threads.next();
    var connector = new Connector(server, timing);
    now =
        new Running(
            threads, Stream.generate(() -> new Link(loop, connector)).limit(connections).toList());
    running = now;
    return now;
  }

  /** Fails what is not answered and closes the connections. */
  @Override
  public synchronized void close() {
    Running now = running;
    if (now != null && !closed) {
      now.threads().next().execute(() -> now.links().forEach(Link::close));
      now.threads().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
    closed = true;
  }
}
