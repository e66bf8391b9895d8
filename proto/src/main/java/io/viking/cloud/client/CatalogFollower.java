package io.viking.cloud.client;

import io.grpc.Channel;
import java.util.function.Consumer;

/** Keeps a listener up to date with the catalog, for as long as it is open and whatever breaks. */
public final class CatalogFollower implements AutoCloseable {
  /**
   * @param listener gets the whole catalog at first and after every change, on one thread, in order
   */
  public CatalogFollower(Channel channel, Consumer<CatalogSnapshot> listener) {}

  public void start() {}

  @Override
  public void close() {}
}
