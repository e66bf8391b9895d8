package io.viking.adapter.kit.transport;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.io.IOException;

/** One place to serve at: opens what it needs before the server starts, and gives it back after. */
interface Binding {
  AdapterAddress address();

  /** A builder for a server at this place. */
  ServerBuilder<?> open() throws IOException;

  /** The address as it turned out, once the server has started. */
  default AdapterAddress bound(Server server) throws IOException {
    return address();
  }

  /** Frees what {@link #open} took. After the server has stopped; also when it never started. */
  default void close() {}
}
