package io.viking.chaos.api;

import java.time.Duration;

/** What can happen to a call on its way to the API server. */
public sealed interface ApiFault {
  /** Happens to a call with one answer; to a watch, when it is opened. */
  sealed interface OfCall extends ApiFault {}

  /** Happens to every call and watch that comes while it lasts. */
  sealed interface OfServer extends ApiFault {}

  /** Happens to a watch that stands. */
  sealed interface OfWatch extends ApiFault {}

  /**
   * The server never hears of it; the caller gets this answer.
   *
   * @param code 410, 429, 500, 503
   * @param retryAfterSeconds of the header; 0 = without
   */
  record Refused(int code, int retryAfterSeconds) implements OfCall {}

  /** The connection ends before the server has heard of it. */
  record RequestLost() implements OfCall {}

  /** The server does it, and the connection ends before the caller hears of it. */
  record AnswerLost() implements OfCall {}

  /** The request is that long under way. */
  record Late(Duration by) implements OfCall {}

  /**
   * The server does it, and the connection ends in the middle of its answer. A watch is opened and
   * cut at once.
   */
  record HalfAnswered() implements OfCall {}

  /** The server takes that much longer for each; watches that stand are not slower. */
  record Slow(Duration by) implements OfServer {}

  /** The connection ends, in the middle of a frame for all the caller knows. */
  record Cut() implements OfWatch {}

  /** The frames come that much later. */
  record Stalled(Duration by) implements OfWatch {}

  /** The stream ends with an ERROR event: 410, the resource version is too old. */
  record Expired() implements OfWatch {}
}
