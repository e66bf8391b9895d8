package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;

/** Hears what comes over a {@link Wire}, on its event loop. */
interface WireListener {
  /**
   * The connection stands, and all its streams exist already (a WebSocket's channels do; SPDY's are
   * opened one by one, and this is not called). First call.
   */
  default void begin() {}

  /**
   * @param data valid during the call
   */
  void received(int stream, ByteBuf data);

  /** Nothing more comes on this stream from the caller. */
  void ended(int stream);

  /** The caller has read enough for us to go on. */
  void writable();

  /** The connection is gone. Last call. */
  void gone();
}
