package io.viking.kube.client;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads failures off answers. */
final class ApiErrors {
  private static final int LONGEST_TEXT = 300;

  private ApiErrors() {}

  /** The part of a {@code metav1.Status} that says what went wrong. */
  record Answer(
      int code, @Nullable String reason, @Nullable String message, @Nullable Details details) {}

  record Details(int retryAfterSeconds) {}

  static KubeApiException of(Answer status) {
    return new KubeApiException(
        status.code(),
        ObjectRef.orEmpty(status.reason()),
        ObjectRef.orEmpty(status.message()),
        retryAfter(status));
  }

  /** What an answer that is no success says; reads its body. */
  static KubeApiException of(Request request, Response response) {
    return of(
        describe(request),
        response.code(),
        ObjectRef.orEmpty(response.header("Retry-After")),
        text(response));
  }

  /**
   * What an answer that is no success says.
   *
   * @param call its method and path
   * @param retryAfter the header of this name, {@code ""} for none
   */
  static KubeApiException of(String call, int code, String retryAfter, String body) {
    Optional<Answer> status = status(body);
    String message =
        status
            .flatMap(s -> Optional.ofNullable(s.message()))
            .filter(s -> !s.isEmpty())
            .orElseGet(() -> call + ": " + code + " " + shortened(body));
    return new KubeApiException(
        code,
        status.map(s -> ObjectRef.orEmpty(s.reason())).orElse(""),
        message,
        seconds(retryAfter).or(() -> status.flatMap(ApiErrors::retryAfter)));
  }

  static KubeApiException noAnswer(Request request, IOException cause) {
    return noAnswer(describe(request), cause);
  }

  static KubeApiException noAnswer(String call, Throwable cause) {
    return new KubeApiException(call + ": no answer: " + cause.getMessage(), cause);
  }

  static KubeApiException unreadable(Request request, Throwable cause) {
    return new KubeApiException(
        describe(request) + ": the answer cannot be read: " + cause.getMessage(), cause);
  }

  private static String describe(Request request) {
    return request.method() + " " + request.url().encodedPath();
  }

  private static Optional<Duration> seconds(String retryAfter) {
    return Optional.of(retryAfter)
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private static Optional<Duration> retryAfter(Answer status) {
    return Optional.ofNullable(status.details())
        .filter(details -> details.retryAfterSeconds() > 0)
        .map(details -> Duration.ofSeconds(details.retryAfterSeconds()));
  }

  private static Optional<Answer> status(String text) {
    try {
      return Optional.ofNullable(KubeJson.read(text, Answer.class));
    } catch (JsonParseException notAStatus) {
      return Optional.empty();
    }
  }

  private static String text(Response response) {
    try {
      return response.body().string();
    } catch (IOException e) {
      return "";
    }
  }

  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + " …";
  }
}
