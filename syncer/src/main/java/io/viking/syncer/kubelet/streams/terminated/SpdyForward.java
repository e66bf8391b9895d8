package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Port-forward over SPDY: pairs of streams, error and data, known by their request id; as many as
 * the caller likes, one after another or at once.
 */
final class SpdyForward implements SpdyService {
  /** A pair, from its first stream on. */
  private static final class Pair {
    final String id;
    final int port;
    final ForwardSession session;
    final List<Integer> streams = new ArrayList<>(2);

    Pair(String id, int port, Function<Pair, ForwardSession> session) {
      this.id = id;
      this.port = port;
      this.session = session.apply(this);
    }
  }

  private final StreamRequest.PortForward request;
  private final String clusterId;
  private final InstanceServiceStub cloud;
  private final StreamLimits limits;
  private final EventLoop loop;
  private final SpdyWire wire;
  private final Map<String, Pair> pairs = new HashMap<>();
  private final Map<Integer, Pair> byStream = new HashMap<>();

  SpdyForward(
      StreamRequest.PortForward request,
      String clusterId,
      InstanceServiceStub cloud,
      StreamLimits limits,
      EventLoop loop,
      SpdyWire wire) {
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
      pair = new Pair(id, port.get(), this::session);
      pairs.put(id, pair);
      expect(pair);
    }
    ForwardSession session = pair.session;
    if (pair.port != port.get() || (isError ? session.hasError() : session.hasData())) {
      return false;
    }
    if (isError) {
      session.joinError(stream);
    } else {
      session.joinData(stream);
    }
    pair.streams.add(stream);
    byStream.put(stream, pair);
    return true;
  }

  private ForwardSession session(Pair pair) {
    return new ForwardSession(
        request, pair.port, clusterId, cloud, wire, loop, limits.stall(), () -> forget(pair));
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
              if (!pair.session.isComplete()) {
                drop(pair);
              }
            },
            limits.setup().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void replied(int stream) {
    Pair pair = byStream.get(stream);
    if (pair != null && pair.session.isComplete()) {
      pair.session.start();
    }
  }

  /** Half a pair, of which no more is to come. */
  private void drop(Pair pair) {
    forget(pair);
    pair.session.gone();
    pair.streams.forEach(wire::reset);
  }

  private void forget(Pair pair) {
    pairs.remove(pair.id, pair);
    pair.streams.forEach(byStream::remove);
  }

  private Optional<ForwardSession> session(int stream) {
    return Optional.ofNullable(byStream.get(stream)).map(pair -> pair.session);
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
    Pair pair = byStream.get(stream);
    if (pair == null) {
      return;
    }
    if (pair.session.isComplete()) {
      pair.session.reset(stream);
    } else {
      drop(pair);
    }
  }

  @Override
  public void writable() {
    // None ends by that: the cloud's answers come later, as tasks of the event loop.
    pairs.values().forEach(pair -> pair.session.writable());
  }

  @Override
  public void gone() {
    pairs.values().forEach(pair -> pair.session.gone());
    pairs.clear();
    byStream.clear();
  }
}
