package io.viking.scheduler;

import io.viking.scheduler.loop.PodExplanation;
import io.viking.scheduler.loop.SchedulerEffect;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Questions that the core has not answered yet. Safe for all threads. */
final class Inquiries {
  private static final int WITHIN_SECONDS = 2;

  private final AtomicLong questions = new AtomicLong();
  private final Map<Long, CompletableFuture<PodExplanation>> open = new ConcurrentHashMap<>();

  /**
   * Asks a question.
   *
   * @param ask hands its number to the core
   * @return fails with a {@link java.util.concurrent.TimeoutException} after two seconds
   */
  CompletableFuture<PodExplanation> ask(LongConsumer ask) {
    long question = questions.incrementAndGet();
    var answer = new CompletableFuture<PodExplanation>();
    open.put(question, answer);
    ask.accept(question);
    return answer
        .orTimeout(WITHIN_SECONDS, TimeUnit.SECONDS)
        .whenComplete((_, _) -> open.remove(question));
  }

  void answered(SchedulerEffect.Answer answer) {
    CompletableFuture<PodExplanation> waiting = open.get(answer.question());
    if (waiting != null) {
      waiting.complete(answer.explanation());
    }
  }
}
