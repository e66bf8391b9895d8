package io.viking.kube.loop;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs effects in their lanes and hands their answers over, come what may of the runner. */
final class EffectLanes<E, F> {
  private static final Logger log = LoggerFactory.getLogger(EffectLanes.class);

  private final String loop;
  private final EffectRunner<E, F> runner;
  private final Consumer<List<E>> answers;
  private final LoopMetrics metrics;
  private final ConcurrentMap<Lane, LaneWorkers<F>> lanes = new ConcurrentHashMap<>();
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
    LaneWorkers<F> workers;
    try {
      workers = lanes.computeIfAbsent(runner.lane(effect), this::open);
    } catch (RuntimeException defect) {
      crashed(effect, defect);
      return;
    }
    workers.submit(effect);
  }

  /** Interrupts what runs and waits for it. */
  void close(Duration atMost) throws InterruptedException {
    closed = true;
    long deadline = System.nanoTime() + atMost.toNanos();
    var threads = new ArrayList<Thread>();
    lanes.values().forEach(lane -> threads.addAll(lane.interrupt()));
    int left = 0;
    for (Thread thread : threads) {
      Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      if (!thread.join(rest)) {
        left++;
      }
    }
    if (left > 0) {
      log.warn("loop {}: {} calls did not end when interrupted and are left behind", loop, left);
    }
  }

  private LaneWorkers<F> open(Lane lane) {
    Timer duration = metrics.effects(lane);
    var workers =
        new LaneWorkers<F>(loop, lane, effect -> duration.record(() -> runAndAnswer(effect)));
    metrics.watch(lane, workers);
    return workers;
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
