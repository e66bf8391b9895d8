package io.viking.kube.client;

import java.io.IOException;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/** A watch that stands. Read and closed by one thread; any other may cancel it. */
public final class WatchStream<T> implements AutoCloseable {
  private final Call call;
  private final Response response;
  private final BufferedSource lines;
  private final ObjectDecoder<T> decoder;

  WatchStream(Call call, Response response, ObjectDecoder<T> decoder) {
    this.call = call;
    this.response = response;
    this.lines = response.body().source();
    this.decoder = decoder;
  }

  /**
   * Waits for the next line.
   *
   * @return empty when the server has ended the watch
   * @throws KubeApiException without a code: the connection broke, or the watch was cancelled
   */
  public Optional<WatchFrame<T>> next() {
    try {
      long end = lines.indexOf((byte) '\n');
      if (end < 0 && lines.exhausted()) {
        return Optional.empty();
      }
      byte[] line = end < 0 ? lines.readByteArray() : lines.readByteArray(end);
      if (end >= 0) {
        lines.skip(1);
      }
      return Optional.of(decoder.frame(line));
    } catch (IOException e) {
      throw ApiErrors.noAnswer(call.request(), e);
    }
  }

  /** Ends the watch from another thread: {@link #next} fails at once. */
  public void cancel() {
    call.cancel();
  }

  @Override
  public void close() {
    call.cancel();
    response.close();
  }
}
