package io.viking.kube.http2;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call and what is known of its answer. Confined to the event loop, but for the future. */
final class Exchange {
  private static final int LONGEST_BODY = 64 * 1024;

  private final CompletableFuture<Http2Answer> answer = new CompletableFuture<>();
  private final long deadlineNanos;
  private @Nullable Http2Request request;
  private int stream;
  private int status;
  private String retryAfter = "";
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

  /**
   * @param deadlineNanos by {@link System#nanoTime}
   */
  Exchange(Http2Request request, long deadlineNanos) {
    this.request = request;
    this.deadlineNanos = deadlineNanos;
  }

  CompletableFuture<Http2Answer> answer() {
    return answer;
  }

  /** It was answered or has failed. */
  boolean isOver() {
    return answer.isDone();
  }

  long nanosLeft() {
    return deadlineNanos - System.nanoTime();
  }

  /** Gives the request out, once: it is not kept while the answer is waited for. */
  Http2Request send(int onStream) {
    Http2Request sent = request;
    if (sent == null) {
      throw new IllegalStateException("a call is sent once only");
    }
    request = null;
    stream = onStream;
    return sent;
  }

  int stream() {
    return stream;
  }

  void head(int answered, String retryAfterHeader) {
    status = answered;
    retryAfter = retryAfterHeader;
    var early = new Http2Answer(status, retryAfter, "");
    if (early.isSuccess()) {
      answer.complete(early);
    }
  }

  void body(ByteBuf data) {
    int room = LONGEST_BODY - body.size();
    if (!answer.isDone() && room > 0) {
      byte[] bytes = new byte[Math.min(room, data.readableBytes())];
      data.getBytes(data.readerIndex(), bytes);
      body.writeBytes(bytes);
    }
  }

  void end() {
    if (status > 0) {
      answer.complete(new Http2Answer(status, retryAfter, body.toString(StandardCharsets.UTF_8)));
    }
  }

  void fail(Throwable cause) {
    answer.completeExceptionally(
        cause instanceof IOException ? cause : new IOException(cause.toString(), cause));
  }
}
