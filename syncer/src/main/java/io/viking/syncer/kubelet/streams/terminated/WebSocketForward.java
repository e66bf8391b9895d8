package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Port-forward over WebSocket: the i-th port of the query has channels 2i for data and 2i+1 for
 * errors, one connection each; both begin with the port's number.
 */
final class WebSocketForward implements WireListener {
  private final List<ForwardSession> sessions = new ArrayList<>();
  private final StreamRequest.PortForward request;
  private final Wire wire;
  private int open;

  WebSocketForward(
      StreamRequest.PortForward request,
      String clusterId,
      InstanceServiceStub cloud,
      StreamLimits limits,
      EventLoop loop,
      Wire wire) {
    this.request = request;
    this.wire = wire;
    for (int port : request.ports()) {
      var session =
          new ForwardSession(
              request, port, clusterId, cloud, wire, loop, limits.stall(), this::oneDone);
      session.joinData(2 * sessions.size());
      session.joinError(2 * sessions.size() + 1);
      sessions.add(session);
    }
    open = sessions.size();
  }

  @Override
  public void begin() {
    for (int i = 0; i < sessions.size(); i++) {
      wire.write(2 * i, number(request.ports().get(i)));
      wire.write(2 * i + 1, number(request.ports().get(i)));
      sessions.get(i).start();
    }
  }

  private static ByteBuf number(int port) {
    return Unpooled.buffer(2).writeShortLE(port);
  }

  private void oneDone() {
    open--;
    if (open == 0) {
      wire.finish();
    }
  }

  private boolean has(int stream) {
    return stream / 2 < sessions.size();
  }

  @Override
  public void received(int stream, ByteBuf data) {
    if (has(stream)) {
      sessions.get(stream / 2).received(stream, data);
    }
  }

  @Override
  public void ended(int stream) {
    if (has(stream)) {
      sessions.get(stream / 2).ended(stream);
    }
  }

  @Override
  public void writable() {
    sessions.forEach(ForwardSession::writable);
  }

  @Override
  public void gone() {
    sessions.forEach(ForwardSession::gone);
  }
}
