package io.viking.kube.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.queue.WorkQueue;
import io.viking.kube.queue.WorkQueueRunner;
import io.viking.kube.queue.WorkQueueRunner.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to the API server.
 *
 * <p>Warnings and normal events have a queue each. What waits is a series, not an event: what is
 * repeated before it is written costs one write. A writer of normal events rests after each write,
 * the longer the slower the API server was and long while many wait and more come, so that a storm
 * of pods spends its writes on the pods.
 */
public final class ApiEventRecorder implements EventRecorder, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiEventRecorder.class);
  private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
  private static final Duration DRAIN_WITHIN = Duration.ofSeconds(2);
  private static final int MOST_TRIES = 10;

  private final KubeApi api;
  private final EventSource source;
  private final EventPolicy policy;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Cache<Series.Key, Series> known;
  private final WorkQueue<Series> normals;
  private final WorkQueue<Series> warnings;
  private final WorkQueueRunner<Series> normalWriters;
  private final WorkQueueRunner<Series> warningWriters;
  private final Counter shed;
  private final Counter lost;
  private volatile Instant lastTold = Instant.MIN;

  public ApiEventRecorder(
      KubeApi api,
      EventSource source,
      EventPolicy policy,
      InstantSource clock,
      RandomGenerator random,
      MeterRegistry metrics) {
    this.api = api;
    this.source = source;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(policy.seriesKept())
            .expireAfterAccess(policy.seriesFor())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
    // Several recorders of a process are told apart in its metrics.
    String prefix = source.component() + "-events-";
    this.normals = queue(prefix + "normal", metrics);
    this.warnings = queue(prefix + "warning", metrics);
    this.normalWriters =
        new WorkQueueRunner<>(
            prefix + "normal", normals, policy.workers(), Duration.ZERO, this::writeNormal);
    this.warningWriters =
        new WorkQueueRunner<>(
            prefix + "warning", warnings, policy.workers(), DRAIN_WITHIN, this::write);
    this.shed =
        counter(
            metrics,
            "viking_events_shed_total",
            "Normal events not written because too many waited.");
    this.lost =
        counter(
            metrics,
            "viking_events_lost_total",
            "Events that the API server refused, or that failed too often.");
  }

  /** Begins to write. Events told before are kept. */
  public void start() {
    normalWriters.start();
    warningWriters.start();
  }

  @Override
  public void normal(EventTarget target, String reason, String message) {
    lastTold = clock.instant();
    if (normals.depth() >= policy.normalWaiting()) {
      shed.increment();
      return;
    }
    normals.add(happened(target, EventType.NORMAL, reason, message));
  }

  @Override
  public void warning(EventTarget target, String reason, String message) {
    warnings.add(happened(target, EventType.WARNING, reason, message));
  }

  /** Writes the warnings that wait, for at most two seconds; drops the normal events. */
  @Override
  public void close() {
    normalWriters.close();
    warningWriters.close();
  }

  private Series happened(EventTarget target, EventType type, String reason, String message) {
    var key = new Series.Key(target, type, reason, EventObjects.shortened(message));
    Series series =
        known.get(
            key, k -> new Series(k, EventObjects.name(target, random.nextLong()), clock.instant()));
    series.happened(clock.instant());
    return series;
  }

  private Outcome writeNormal(Series series) throws InterruptedException {
    Instant begun = clock.instant();
    Outcome outcome = write(series);
    Instant now = clock.instant();
    Thread.sleep(
        policy.restAfter(
            Duration.between(begun, now), normals.depth(), Duration.between(lastTold, now)));
    return outcome;
  }

  private Outcome write(Series series) {
    try {
      switch (series.next()) {
        case Series.Write.Create create -> {
          create(series, create);
          series.wrote(create.count());
        }
        case Series.Write.CountUp up -> {
          patch(series, up);
          series.wrote(up.count());
        }
        case Series.Write.Nothing() -> {}
      }
      return new Outcome.Done();
    } catch (KubeApiException e) {
      return failed(series, e);
    }
  }

  private void create(Series series, Series.Write.Create create) {
    try {
      api.createUnread(
          ResourceType.EVENTS,
          EventObjects.namespace(series.key().target()),
          EventObjects.event(series, create, source));
    } catch (KubeApiException e) {
      // The answer to an earlier try was lost.
      if (!e.isConflict()) {
        throw e;
      }
    }
  }

  private void patch(Series series, Series.Write.CountUp up) {
    api.patch(
        ResourceType.EVENTS,
        EventObjects.namespace(series.key().target()),
        series.eventName(),
        "",
        PatchFormat.MERGE,
        EventObjects.countUp(up));
  }

  private Outcome failed(Series series, KubeApiException e) {
    if (e.isNotFound() && series.next() instanceof Series.Write.CountUp) {
      // The API server forgets events after an hour: begin anew.
      series.wrote(0);
      return new Outcome.Again();
    }
    // Normal events are not tried again: what fails would come on top of what waits.
    if (e.isRetriable()
        && series.key().type() == EventType.WARNING
        && warnings.failures(series) < MOST_TRIES) {
      return e.retryAfter().<Outcome>map(Outcome.Later::new).orElseGet(Outcome.Again::new);
    }
    lost.increment();
    log.debug("event {} is lost: {}", series, e.getMessage());
    return new Outcome.Done();
  }

  private WorkQueue<Series> queue(String name, MeterRegistry metrics) {
    return new WorkQueue<>(name, SHORTEST_BACKOFF, LONGEST_BACKOFF, clock, metrics);
  }

  private Counter counter(MeterRegistry metrics, String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("component", source.component())
        .register(metrics);
  }
}
