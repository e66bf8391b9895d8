package io.viking.chaos.wire;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Hands on the bytes of connections to a Unix socket, and cuts them: each ends in the middle of
 * what it carries, after so many more bytes to its client. Two threads per connection.
 */
public final class Scissors implements AutoCloseable {
  private static final int CHUNK = 16 << 10;

  private final Path upstream;
  private final ServerSocketChannel server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

  private Scissors(Path upstream, ServerSocketChannel server) {
    this.upstream = upstream;
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param at where clients come; made
   * @param upstream where a server listens
   */
  public static Scissors start(Path at, Path upstream) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(at));
    var scissors = new Scissors(upstream, server);
    scissors.threads.execute(scissors::accept);
    return scissors;
  }

  /**
   * Cuts all connections that stand now.
   *
   * @param after so many more bytes have gone to its client, whenever that is
   * @return how many there are
   */
  public int cut(int after) {
    List<Wire> standing = List.copyOf(wires);
    standing.forEach(wire -> wire.cutAfter(after));
    return standing.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    wires.forEach(Wire::end);
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        threads.execute(() -> connect(client));
      }
    } catch (IOException closed) {
      // Nobody comes any more.
    }
  }

  private void connect(SocketChannel client) {
    try {
      var wire = new Wire(client, SocketChannel.open(UnixDomainSocketAddress.of(upstream)));
      wires.add(wire);
      threads.execute(wire::carryRequests);
      wire.carryAnswers();
    } catch (IOException nobodyThere) {
      closeQuietly(client);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // It is what was wanted.
    }
  }

  private final class Wire {
    private final SocketChannel client;
    private final SocketChannel adapter;

    /** To the client before the cut; negative: there is none. Guarded by this. */
    private long left = -1;

    Wire(SocketChannel client, SocketChannel adapter) {
      this.client = client;
      this.adapter = adapter;
    }

    void cutAfter(int bytes) {
      synchronized (this) {
        left = bytes;
      }
      if (bytes == 0) {
        end();
      }
    }

    void carryRequests() {
      carry(client, adapter, false);
    }

    void carryAnswers() {
      carry(adapter, client, true);
    }

    private void carry(SocketChannel from, SocketChannel to, boolean answers) {
      var chunk = ByteBuffer.allocate(CHUNK);
      try {
        boolean whole = true;
        while (whole && from.read(chunk.clear()) >= 0) {
          chunk.flip();
          whole = !answers || shorten(chunk);
          while (chunk.hasRemaining()) {
            to.write(chunk);
          }
        }
      } catch (IOException over) {
        // One side has gone; so does the other.
      } finally {
        end();
      }
    }

    /** Leaves in the chunk what still goes; false: it is the last. */
    private synchronized boolean shorten(ByteBuffer chunk) {
      if (left < 0) {
        return true;
      }
      if (chunk.remaining() < left) {
        left -= chunk.remaining();
        return true;
      }
      chunk.limit(chunk.position() + (int) left);
      return false;
    }

    void end() {
      wires.remove(this);
      closeQuietly(client);
      closeQuietly(adapter);
    }
  }
}
