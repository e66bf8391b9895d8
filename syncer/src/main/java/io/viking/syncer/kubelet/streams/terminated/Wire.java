package io.viking.syncer.kubelet.streams.terminated;

import io.netty.buffer.ByteBuf;

/** Numbered streams over one connection. All calls on its event loop. */
interface Wire {
  /**
   * Sends, however slow the caller is: ask {@link #isWritable} before taking more from a source.
   */
  void write(int stream, ByteBuf data);

  /** Nothing more comes on this stream from us. */
  void end(int stream);

  boolean isWritable();

  /** Where whoever cannot take more stops the reading. */
  ReadGate gate();

  /** All is said: waits until the caller has it and hangs up, not for ever. */
  void finish();
}
