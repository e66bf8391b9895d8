package io.viking.adapter.kit.faults;

import java.time.Duration;

/**
 * What can happen to one call on its way. A caller which loses or buys something by one has a
 * defect: the contract allows all of them but {@link HalfAnswered}.
 */
public sealed interface Fault {
  /** Happens to a call with one answer. */
  sealed interface OfCall extends Fault {}

  /** Happens to a stream of answers. */
  sealed interface OfStream extends Fault {}

  /** The adapter never hears of it; the caller gets UNAVAILABLE. */
  record RequestLost() implements OfCall {}

  /**
   * The adapter does it; the caller gets UNAVAILABLE once it is done.
   *
   * @param silently the caller gets nothing at all, until its own deadline
   */
  record AnswerLost(boolean silently) implements OfCall {}

  /**
   * The adapter takes the call and does nothing; the caller gets nothing, until its own deadline.
   */
  record Hung() implements OfCall {}

  /**
   * The first half of a batch is done, and then the connection breaks: the caller gets UNAVAILABLE
   * and is not told which half. A call without items is done whole.
   */
  record HalfDone() implements OfCall {}

  /**
   * A batch is done whole, and the answer has the results of its first half alone. That breaks the
   * contract, and whoever calls survives it. A call without items is let through as it is.
   */
  record HalfAnswered() implements OfCall {}

  /** The request is that long under way, and arrives even if the caller has given up by then. */
  record Late(Duration by) implements OfCall {
    public Late {
      requireNotNegative("by", by);
    }
  }

  /** The caller gets UNAVAILABLE at once, and the request arrives that much later all the same. */
  record Straggling(Duration by) implements OfCall {
    public Straggling {
      requireNotNegative("by", by);
    }
  }

  /**
   * The request arrives twice, the second time that long after the first was answered; the caller
   * gets the second answer.
   */
  record Doubled(Duration apart) implements OfCall {
    public Doubled {
      requireNotNegative("apart", apart);
    }
  }

  /** The request waits until one that came after it is answered, for at most this time. */
  record Overtaken(Duration atMost) implements OfCall {
    public Overtaken {
      requireNotNegative("atMost", atMost);
    }
  }

  /** The adapter never hears of it; the caller is told THROTTLED. */
  record Throttled(Duration retryAfter) implements OfCall {
    public Throttled {
      requireNotNegative("retryAfter", retryAfter);
    }
  }

  /**
   * Every second item of a batch is answered with THROTTLED, the others are done; a call without
   * items is throttled whole.
   */
  record ItemsThrottled(Duration retryAfter) implements OfCall {
    public ItemsThrottled {
      requireNotNegative("retryAfter", retryAfter);
    }
  }

  /**
   * The items of a batch arrive in the opposite order: they have none. A call without items is let
   * through as it is.
   */
  record ItemsReversed() implements OfCall {}

  /** Ends with UNAVAILABLE after so many more answers; what the adapter then tells is lost. */
  record Cut(int afterAnswers) implements OfStream {
    public Cut {
      if (afterAnswers < 0) {
        throw new IllegalArgumentException(
            "afterAnswers must not be negative, is " + afterAnswers + ".");
      }
    }
  }

  /**
   * The next answers come that much later, all of them: a stream's answers never pass each other,
   * since each carries the revision up to which everything has been told.
   */
  record Stalled(Duration by) implements OfStream {
    public Stalled {
      requireNotNegative("by", by);
    }
  }

  /** A watch is refused with REVISION_TOO_OLD: its caller must list again. */
  record Expired() implements OfStream {}

  private static void requireNotNegative(String name, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, is " + time + ".");
    }
  }
}
