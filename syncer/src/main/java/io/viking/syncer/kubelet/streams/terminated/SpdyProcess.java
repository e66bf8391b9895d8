package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.viking.syncer.kubelet.streams.StreamRequest;
import java.util.Optional;

/** Exec or attach over SPDY: one stream for each of its types, in any order, then the process. */
final class SpdyProcess implements SpdyService {
  private final StreamRequest.Process request;
  private final ProcessSession session;
  private boolean started;

  SpdyProcess(StreamRequest.Process request, ProcessSession session) {
    this.request = request;
    this.session = session;
  }

  @Override
  public boolean opened(int stream, SpdyHeaders headers) {
    Optional<StreamType> type =
        StreamType.ofHeader(String.valueOf(headers.getAsString("streamtype")))
            .filter(ProcessSession.expected(request)::contains)
            .filter(expected -> !session.has(expected));
    type.ifPresent(expected -> session.join(expected, stream));
    return type.isPresent();
  }

  @Override
  public void replied(int stream) {
    if (!started && session.isComplete()) {
      started = true;
      session.start();
    }
  }

  /** Whether all streams have come. */
  boolean isStarted() {
    return started;
  }

  @Override
  public void received(int stream, ByteBuf data) {
    session.received(stream, data);
  }

  @Override
  public void ended(int stream) {
    session.ended(stream);
  }

  @Override
  public void reset(int stream) {
    session.reset(stream);
  }

  @Override
  public void writable() {
    session.writable();
  }

  @Override
  public void gone() {
    started = true;
    session.gone();
  }
}
