package io.viking.syncer.kubelet.streams.terminated;

import io.grpc.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceStub;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.kubelet.streams.StreamRequest;
import io.viking.syncer.kubelet.streams.StreamWay;
import io.viking.syncer.kubelet.streams.Upgrade;
import java.util.concurrent.TimeUnit;

/** Speaks SPDY or WebSocket with the caller, and the contract's streams with the cloud. */
public final class TerminatedStreams implements StreamWay {
  private static final int SPDY_CHUNK = 64 * 1024;

  // Zlib's own defaults; the window is what the other side's dictionary needs.
  private static final int COMPRESSION = 6;
  private static final int WINDOW_BITS = 15;
  private static final int MEMORY_LEVEL = 8;

  private final Channel cloud;
  private final String clusterId;
  private final StreamLimits limits;

  public TerminatedStreams(Channel cloud, String clusterId, StreamLimits limits) {
    this.cloud = cloud;
    this.clusterId = clusterId;
    this.limits = limits;
  }

  @Override
  public void serve(StreamRequest request, Upgrade upgrade) {
    HttpHeaders headers = upgrade.request().headers();
    Handshake handshake =
        switch (request) {
          case StreamRequest.Process _ -> Handshake.ofProcess(headers);
          case StreamRequest.PortForward _ -> Handshake.ofForward(headers);
        };
    switch (handshake) {
      case Handshake.Refused(int status, String sentence) -> upgrade.refuse(status, sentence);
      case Handshake.Spdy(String protocol) -> spdy(request, protocol, upgrade);
      case Handshake.WebSocket(String protocol, String accept) -> {
        if (request instanceof StreamRequest.PortForward forward && forward.ports().isEmpty()) {
          upgrade.refuse(400, "query parameter \"port\" is required for a WebSocket");
        } else {
          webSocket(request, protocol, accept, upgrade);
        }
      }
    }
  }

  private InstanceServiceStub stub(Upgrade upgrade) {
    // Answers are handled on the connection's own event loop.
    return InstanceServiceGrpc.newStub(cloud).withExecutor(upgrade.channel().eventLoop());
  }

  private void spdy(StreamRequest request, String protocol, Upgrade upgrade) {
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.CONNECTION, "Upgrade")
            .set(HttpHeaderNames.UPGRADE, "SPDY/3.1");
    if (!protocol.isEmpty()) {
      headers.set(Handshake.SPDY_VERSIONS, protocol);
    }
    ChannelHandler wire =
        switch (request) {
          case StreamRequest.Process process -> spdyProcess(process, upgrade);
          case StreamRequest.PortForward forward ->
              new SpdyWire(
                  upgrade.channel(),
                  limits,
                  own ->
                      new SpdyForward(
                          forward,
                          clusterId,
                          stub(upgrade),
                          limits,
                          upgrade.channel().eventLoop(),
                          own));
        };
    upgrade.accept(
        headers,
        pipeline ->
            pipeline
                .addLast(
                    new SpdyFrameCodec(
                        SpdyVersion.SPDY_3_1,
                        SPDY_CHUNK,
                        limits.headerBytes(),
                        COMPRESSION,
                        WINDOW_BITS,
                        MEMORY_LEVEL))
                .addLast(wire));
  }

  private SpdyWire spdyProcess(StreamRequest.Process process, Upgrade upgrade) {
    return new SpdyWire(
        upgrade.channel(),
        limits,
        own -> {
          var service =
              new SpdyProcess(process, new ProcessSession(process, clusterId, stub(upgrade), own));
          var unused =
              upgrade
                  .channel()
                  .eventLoop()
                  .schedule(
                      () -> {
                        if (!service.isStarted()) {
                          upgrade.channel().close();
                        }
                      },
                      limits.setup().toMillis(),
                      TimeUnit.MILLISECONDS);
          return service;
        });
  }

  private void webSocket(StreamRequest request, String protocol, String accept, Upgrade upgrade) {
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.CONNECTION, "Upgrade")
            .set(HttpHeaderNames.UPGRADE, "websocket")
            .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept);
    if (!protocol.isEmpty()) {
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, protocol);
    }
    var wire =
        new WebSocketWire(
            upgrade.channel(),
            limits,
            Handshake.closesChannels(protocol),
            own ->
                switch (request) {
                  case StreamRequest.Process process ->
                      new ProcessSession(process, clusterId, stub(upgrade), own);
                  case StreamRequest.PortForward forward ->
                      new WebSocketForward(
                          forward,
                          clusterId,
                          stub(upgrade),
                          limits,
                          upgrade.channel().eventLoop(),
                          own);
                });
    upgrade.accept(
        headers,
        pipeline ->
            pipeline
                .addLast(
                    new WebSocket13FrameDecoder(
                        WebSocketDecoderConfig.newBuilder()
                            .maxFramePayloadLength(limits.frameBytes())
                            .build()))
                .addLast(new WebSocket13FrameEncoder(false))
                .addLast(wire));
  }
}
