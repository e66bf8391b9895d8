package io.viking.adapter.sim.shell.io;

import com.google.protobuf.ByteString;
import java.io.IOException;

/** Where bytes come from, in pieces as they come. */
@FunctionalInterface
public interface Source {
  Source NOTHING = () -> ByteString.EMPTY;

  /** The next piece, after waiting for it; empty at the end, again and again. */
  ByteString next() throws IOException, InterruptedException;
}
