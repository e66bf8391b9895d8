package io.viking.kube.client;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A way to the API server for {@link Write}s. */
interface Writes extends AutoCloseable {
  /**
   * Begins the call, which is made once at most, and returns at once.
   *
   * @return empty = it succeeded, else why not; itself it only fails by a defect
   */
  CompletableFuture<Optional<KubeApiException>> begin(Write write);

  /** Ends every call. */
  @Override
  void close();
}
