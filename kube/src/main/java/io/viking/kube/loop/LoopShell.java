package io.viking.kube.loop;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cadence.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a {@link LoopCore}: gathers events, steps the core on one thread, runs the effects wide, on
 * virtual threads or none, and feeds answers and timers back.
 *
 * <h2>Order</h2>
 *
 * Events offered by one thread reach the core in that order. A step sees everything that arrived
 * since the last one, and after it the timers that are due. The effects of a lane start in the
 * order of their steps.
 *
 * <h2>Defects</h2>
 *
 * A runner that throws is answered with {@link EffectRunner#crashed}. A core that throws loses the
 * events of that step and is stepped again with the next ones, its state as it is: being
 * level-triggered, it is put right by its next resync. Both are logged and counted.
 */
public final class LoopShell<E, F> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoopShell.class);

  /** Timers are due by the wall clock, which may be set: so it is read again this often. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

  private final String name;
  private final LoopCore<E, F> core;
  private final MonotonicClock clock;
  private final LoopMetrics metrics;
  private final Inbox<E> inbox = new Inbox<>();
  private final TimerQueue<E> timers = new TimerQueue<>();
  private final EffectLanes<E, F> lanes;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param name lower case, for threads and metrics ("scheduler", "pods")
   */
  public LoopShell(
      String name,
      LoopCore<E, F> core,
      EffectRunner<E, F> runner,
      InstantSource clock,
      MeterRegistry metrics) {
    this.name = name;
    this.core = core;
    this.clock = new MonotonicClock(clock);
    this.metrics = new LoopMetrics(name, metrics);
    this.metrics.watch(inbox);
    this.lanes = new EffectLanes<>(name, runner, this::offerAll, this.metrics);
    // A step computes and never blocks: on a carrier it would hold up the effects.
    this.thread = Thread.ofPlatform().daemon().name("loop-" + name).unstarted(this::loop);
  }

  /** Begins to step. Events offered before are kept. */
  public void start() {
    thread.start();
  }

  /** Hands over an event; any thread; returns at once. Once closed, events are dropped. */
  public void offer(E event) {
    offerAll(List.of(event));
  }

  /** Hands over events that one step shall see together. */
  public void offerAll(Collection<? extends E> events) {
    if (!closed && !events.isEmpty()) {
      inbox.putAll(events);
    }
  }

  /** Looks at the timers again at once: for a clock that was moved by hand. */
  public void clockMoved() {
    inbox.wake();
  }

  /** Stops stepping, ends what runs as far as it can, and waits for it, ten seconds at most. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(CLOSE_WITHIN)) {
        log.warn("loop {}: a step did not end when interrupted and is left behind", name);
      }
      lanes.close(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      var cadence = new Cadence();
      while (!closed) {
        cadence.await();
        List<E> events = new ArrayList<>(inbox.takeAll(untilNextTimer()));
        cadence.took(events.size());
        Instant now = clock.now();
        events.addAll(timers.takeDue(now));
        if (!events.isEmpty()) {
          step(events, now);
        }
      }
    } catch (InterruptedException e) {
      if (!closed) {
        log.error("loop {}: its thread was interrupted from outside; it has stopped", name, e);
      }
    }
  }

  private Duration untilNextTimer() {
    Instant now = clock.now();
    Instant horizon = now.plus(LONGEST_WAIT);
    return Duration.between(now, timers.next().filter(at -> at.isBefore(horizon)).orElse(horizon));
  }

  private void step(List<E> events, Instant now) {
    metrics.events.increment(events.size());
    Step<E, F> step;
    try {
      step = metrics.steps.record(() -> core.step(events, now));
    } catch (RuntimeException | Error defect) {
      metrics.failedSteps.increment();
      log.error(
          "loop {}: a step threw; its events are lost until the next resync: {}",
          name,
          events.stream().map(event -> event.getClass().getSimpleName()).toList(),
          defect);
      return;
    }
    step.timers().forEach(timers::add);
    step.effects().forEach(lanes::start);
  }
}
