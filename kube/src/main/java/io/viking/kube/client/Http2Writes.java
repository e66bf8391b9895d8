package io.viking.kube.client;

import io.viking.kube.http2.Http2Answer;
import io.viking.kube.http2.Http2Client;
import io.viking.kube.http2.Http2Request;
import io.viking.kube.http2.NoHttp2Exception;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes over HTTP/2 without a thread for each. Where a server turns out to speak no HTTP/2, this
 * and all further writes go another way.
 */
final class Http2Writes implements Writes {
  private static final Logger log = LoggerFactory.getLogger(Http2Writes.class);

  private final Http2Client http;
  private final Credentials credentials;
  private final RequestMetrics metrics;
  private final Writes otherWay;
  private volatile boolean spoken = true;

  Http2Writes(Http2Client http, Credentials credentials, RequestMetrics metrics, Writes otherWay) {
    this.http = http;
    this.credentials = credentials;
    this.metrics = metrics;
    this.otherWay = otherWay;
  }

  @Override
  public CompletableFuture<Optional<KubeApiException>> begin(Write write) {
    if (!spoken) {
      return otherWay.begin(write);
    }
    Map<String, String> headers;
    try {
      headers = credentials.headers();
    } catch (IOException unreadable) {
      return CompletableFuture.completedFuture(
          Optional.of(ApiErrors.noAnswer(write.describe(), unreadable)));
    }
    headers.put("accept", Write.ACCEPT);
    headers.put("content-type", write.contentType());
    long start = System.nanoTime();
    return http.send(new Http2Request(write.method(), write.target(), headers, write.body()))
        .handle((answer, failure) -> ended(write, start, answer, failure))
        .thenCompose(Function.identity());
  }

  private CompletableFuture<Optional<KubeApiException>> ended(
      Write write, long start, @Nullable Http2Answer answer, @Nullable Throwable failure) {
    if (failure instanceof NoHttp2Exception) {
      log.info("writes take the way of other calls, which costs more: {}", failure.getMessage());
      spoken = false;
      return otherWay.begin(write);
    }
    int code = answer == null ? KubeApiException.NO_ANSWER : answer.status();
    metrics.done(write.name().verb(), write.name().resource(), code, System.nanoTime() - start);
    return CompletableFuture.completedFuture(
        answer == null
            ? Optional.of(ApiErrors.noAnswer(write.describe(), Objects.requireNonNull(failure)))
            : refusal(write, answer));
  }

  private static Optional<KubeApiException> refusal(Write write, Http2Answer answer) {
    return answer.isSuccess()
        ? Optional.empty()
        : Optional.of(
            ApiErrors.of(write.describe(), answer.status(), answer.retryAfter(), answer.body()));
  }

  @Override
  public void close() {
    http.close();
    otherWay.close();
  }
}
