package io.viking.kube.loop;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs effects in their lanes and hands their answers over, come what may of the runner. */
final class EffectLanes<E, F> {
  private static final Logger log = LoggerFactory.getLogger(EffectLanes.class);

  private final String loop;
  private final EffectRunner<E, F> runner;
  private final Consumer<List<E>> answers;
  private final LoopMetrics metrics;
  private final ConcurrentMap<Lane, LaneQueue<F>> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  EffectLanes(
      String loop, EffectRunner<E, F> runner, Consumer<List<E>> answers, LoopMetrics metrics) {
    this.loop = loop;
    this.runner = runner;
    this.answers = answers;
    this.metrics = metrics;
  }

  /** Called on one thread: that is what keeps the order within a lane. */
  void start(F effect) {
    LaneQueue<F> queue;
    try {
      queue = lanes.computeIfAbsent(runner.lane(effect), this::open);
    } catch (RuntimeException defect) {
      crashed(effect, defect);
      return;
    }
    queue.submit(effect);
  }

  /** Ends what runs, as far as that can be ended, and waits for it. */
  void close(Duration atMost) throws InterruptedException {
    closed = true;
    long deadline = System.nanoTime() + atMost.toNanos();
    lanes.values().forEach(LaneQueue::stop);
    int left = 0;
    for (LaneQueue<F> lane : lanes.values()) {
      left += lane.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
    if (left > 0) {
      log.warn("loop {}: {} calls did not end and are left behind", loop, left);
    }
  }

  private LaneQueue<F> open(Lane lane) {
    Timer duration = metrics.effects(lane);
    LaneQueue<F> queue =
        lane.isBegun()
            ? new LaneCalls<>(lane, effect -> begin(effect, duration))
            : new LaneWorkers<>(loop, lane, effect -> duration.record(() -> runAndAnswer(effect)));
    metrics.watch(lane, queue);
    return queue;
  }

  private CompletableFuture<?> begin(F effect, Timer duration) {
    long start = System.nanoTime();
    try {
      return runner
          .begin(effect)
          .whenComplete(
              (heard, defect) -> {
                duration.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                answer(effect, heard, defect);
              });
    } catch (RuntimeException defect) {
      crashed(effect, defect);
    } catch (Error defect) {
      crashed(effect, new IllegalStateException(defect));
    }
    return CompletableFuture.completedFuture(null);
  }

  private void answer(F effect, @Nullable List<E> heard, @Nullable Throwable defect) {
    if (heard != null) {
      answers.accept(heard);
    } else {
      crashed(effect, new IllegalStateException(defect));
    }
  }

  private void runAndAnswer(F effect) {
    try {
      answers.accept(runner.run(effect));
    } catch (InterruptedException e) {
      if (!closed) {
        crashed(effect, new IllegalStateException("interrupted, but the loop is open", e));
      }
    } catch (RuntimeException defect) {
      crashed(effect, defect);
    } catch (Error defect) {
      crashed(effect, new IllegalStateException(defect));
    }
  }

  private void crashed(F effect, RuntimeException defect) {
    if (closed) {
      return;
    }
    String kind = effect.getClass().getSimpleName();
    metrics.crashedEffects.increment();
    log.error("loop {}: effect {} threw; the core is told", loop, kind, defect);
    try {
      answers.accept(runner.crashed(effect, defect));
    } catch (RuntimeException second) {
      log.error(
          "loop {}: the core cannot be told that {} threw and may wait for ever",
          loop,
          kind,
          second);
    }
  }
}
