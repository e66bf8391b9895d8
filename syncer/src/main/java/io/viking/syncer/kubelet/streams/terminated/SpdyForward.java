package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Port-forward over SPDY: pairs of streams, error and data, known by their request id; as many as
 * the caller likes, one after another or at once.
 */
final class SpdyForward implements SpdyService {
  /** A pair, from its first stream on. A stream of 0 has not come yet. */
  private static final class Pair {
    final String id;
    final int port;
    int error;
    int data;
    Optional<ForwardSession> session = Optional.empty();

    Pair(String id, int port) {
      this.id = id;
      this.port = port;
    }

    boolean isComplete() {
      return error != 0 && data != 0;
    }
  }

  private final StreamRequest.PortForward request;
  private final String clusterId;
  private final InstanceServiceStub cloud;
  private final StreamLimits limits;
  private final EventLoop loop;
  private final Wire wire;
  private final Map<String, Pair> pairs = new HashMap<>();
  private final Map<Integer, Pair> byStream = new HashMap<>();

  SpdyForward(
      StreamRequest.PortForward request,
      String clusterId,
      InstanceServiceStub cloud,
      StreamLimits limits,
      EventLoop loop,
      Wire wire) {
    this.request = request;
    this.clusterId = clusterId;
    this.cloud = cloud;
    this.limits = limits;
    this.loop = loop;
    this.wire = wire;
  }

  @Override
  public boolean opened(int stream, SpdyHeaders headers) {
    String type = String.valueOf(headers.getAsString("streamtype"));
    Optional<Integer> port = port(headers.getAsString("port"));
    boolean isError = type.equals("error");
    if (port.isEmpty() || (!isError && !type.equals("data"))) {
      return false;
    }
    CharSequence requestId = headers.get("requestid");
    // Clients before 1.4 name no request: the error stream comes first, its pair's data next.
    String id = requestId != null ? requestId.toString() : "#" + (isError ? stream : stream - 2);
    Pair pair = pairs.get(id);
    if (pair == null) {
      pair = new Pair(id, port.get());
      pairs.put(id, pair);
      expect(pair);
    }
    if (pair.port != port.get() || (isError ? pair.error : pair.data) != 0) {
      return false;
    }
    if (isError) {
      pair.error = stream;
    } else {
      pair.data = stream;
    }
    byStream.put(stream, pair);
    return true;
  }

  private static Optional<Integer> port(String header) {
    try {
      int port = Integer.parseInt(String.valueOf(header));
      return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  /** The other stream of a pair has to come in time. */
  private void expect(Pair pair) {
    var unused =
        loop.schedule(
            () -> {
              if (!pair.isComplete() && pairs.remove(pair.id, pair)) {
                for (int stream : List.of(pair.error, pair.data)) {
                  byStream.remove(stream);
                  wire.reset(stream);
                }
              }
            },
            limits.setup().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void replied(int stream) {
    Pair pair = byStream.get(stream);
    if (pair != null && pair.isComplete() && pair.session.isEmpty()) {
      var session =
          new ForwardSession(
              request,
              pair.port,
              clusterId,
              cloud,
              wire,
              pair.data,
              pair.error,
              loop,
              limits.stall(),
              () -> forget(pair));
      pair.session = Optional.of(session);
      session.start();
    }
  }

  private void forget(Pair pair) {
    pairs.remove(pair.id, pair);
    byStream.remove(pair.error);
    byStream.remove(pair.data);
  }

  private Optional<ForwardSession> session(int stream) {
    Pair pair = byStream.get(stream);
    return pair == null ? Optional.empty() : pair.session;
  }

  @Override
  public void received(int stream, ByteBuf data) {
    session(stream).ifPresent(session -> session.received(stream, data));
  }

  @Override
  public void ended(int stream) {
    session(stream).ifPresent(session -> session.ended(stream));
  }

  @Override
  public void reset(int stream) {
    session(stream).ifPresent(session -> session.reset(stream));
  }

  @Override
  public void writable() {
    // A copy: a pair that ends meanwhile leaves the map.
    List.copyOf(pairs.values()).forEach(pair -> pair.session.ifPresent(ForwardSession::writable));
  }

  @Override
  public void gone() {
    List.copyOf(pairs.values()).forEach(pair -> pair.session.ifPresent(ForwardSession::gone));
    pairs.clear();
    byStream.clear();
  }
}
