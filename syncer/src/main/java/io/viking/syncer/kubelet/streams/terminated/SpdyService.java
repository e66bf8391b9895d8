package io.viking.syncer.kubelet.streams.terminated;

import io.netty.handler.codec.spdy.SpdyHeaders;

/** What a SPDY connection's streams are for. */
interface SpdyService extends WireListener {
  /**
   * The caller opens a stream.
   *
   * @return false: it makes no sense here, and is reset
   */
  boolean opened(int stream, SpdyHeaders headers);

  /** After {@link #opened} was answered: frames may be sent on the stream from now on. */
  void replied(int stream);

  /** The caller wants no more of this stream, either way. */
  void reset(int stream);
}
