package io.viking.adapter.sim.shell.io;

import com.google.protobuf.ByteString;
import java.io.IOException;

/** Where bytes go. */
@FunctionalInterface
public interface Sink {
  Sink NOWHERE = bytes -> {};

  /** Takes all, after waiting until there is room. */
  void write(ByteString bytes) throws IOException, InterruptedException;

  default void print(String text) throws IOException, InterruptedException {
    write(ByteString.copyFromUtf8(text));
  }
}
