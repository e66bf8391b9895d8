package io.viking.kube.http2;

/**
 * What a server said to a call.
 *
 * @param status as in HTTP
 * @param retryAfter the header of this name, {@code ""} if there is none
 * @param body of an answer that is no success, its first 64 KiB; a success is known by its status,
 *     and its body is not read
 */
public record Http2Answer(int status, String retryAfter, String body) {
  private static final int REDIRECT = 300;

  public boolean isSuccess() {
    return status < REDIRECT;
  }
}
