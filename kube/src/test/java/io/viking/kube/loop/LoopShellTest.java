package io.viking.kube.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopShellTest {
  private static final Lane LANE = new Lane("calls", 2);

  private final HandClock clock = new HandClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<List<String>> steps = new CopyOnWriteArrayList<>();
  private final List<Instant> times = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable shell : opened) {
      shell.close();
    }
  }

  @Test
  void start_eventsOfferedBefore_areOneBatchInOrder() {
    var shell = shell((_, _) -> Step.idle(), new Runner());
    shell.offer("a");
    shell.offer("b");
    shell.offerAll(List.of("c", "d"));
    shell.start();
    await().until(() -> !steps.isEmpty());
    assertThat(steps).containsExactly(List.of("a", "b", "c", "d"));
    assertThat(counter("viking_loop_events_total")).isEqualTo(4);
  }

  @Test
  void step_whileOneRuns_gathersWhatArrives() throws Exception {
    var inStep = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var shell =
        shell(
            (events, _) -> {
              if (events.contains("slow")) {
                inStep.countDown();
                awaitUninterruptibly(goOn);
              }
              return Step.idle();
            },
            new Runner());
    shell.start();
    shell.offer("slow");
    inStep.await();
    shell.offer("x");
    shell.offer("y");
    goOn.countDown();
    await().until(() -> steps.size() == 2);
    assertThat(steps.get(1)).containsExactly("x", "y");
  }

  @Test
  void effect_done_itsAnswersAreEvents() {
    var shell =
        shell(
            (events, _) -> effects(events.stream().filter(e -> e.startsWith("do ")).toList()),
            new Runner());
    shell.start();
    shell.offer("do it");
    await().untilAsserted(() -> assertThat(steps).contains(List.of("did do it")));
  }

  @Test
  void effects_moreThanTheLaneIsWide_startInOrderAndNeverTooMany() {
    var runner = new Runner();
    runner.permits.drainPermits();
    List<String> work = List.of("do 1", "do 2", "do 3", "do 4", "do 5");
    var shell = shell((events, _) -> events.contains("go") ? effects(work) : Step.idle(), runner);
    shell.start();
    shell.offer("go");
    await().until(() -> gauge("viking_loop_effects_waiting") == 3);
    assertThat(gauge("viking_loop_effects_running")).isEqualTo(2);
    runner.permits.release(5);
    await().until(() -> runner.started.size() == 5 && runner.running.get() == 0);
    assertThat(runner.most.get()).isEqualTo(2);
    // The first two start at the same time; from then on order is exact.
    assertThat(runner.started.subList(0, 2)).containsExactlyInAnyOrder("do 1", "do 2");
    assertThat(runner.started).containsExactlyInAnyOrderElementsOf(work);
  }

  @Test
  void effects_ofALaneOfOne_startInOrder() {
    var runner = new Runner(new Lane("single", 1));
    List<String> work = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      work.add("do " + i);
    }
    var shell = shell((events, _) -> events.contains("go") ? effects(work) : Step.idle(), runner);
    shell.start();
    shell.offer("go");
    await().until(() -> runner.started.size() == 1_000);
    assertThat(runner.started).containsExactlyElementsOf(work);
  }

  @Test
  void effects_ofAnotherLane_doNotWait() {
    var blocked = new Lane("blocked", 1);
    var free = new Lane("free", 1);
    var goOn = new CountDownLatch(1);
    var runner =
        new EffectRunner<String, String>() {
          @Override
          public Lane lane(String effect) {
            return effect.equals("slow") ? blocked : free;
          }

          @Override
          public List<String> run(String effect) throws InterruptedException {
            if (effect.equals("slow")) {
              goOn.await();
            }
            return List.of("did " + effect);
          }

          @Override
          public List<String> crashed(String effect, RuntimeException defect) {
            return List.of();
          }
        };
    var shell =
        shell(
            (events, _) -> events.contains("go") ? effects(List.of("slow", "quick")) : Step.idle(),
            runner);
    shell.start();
    shell.offer("go");
    await().untilAsserted(() -> assertThat(steps).contains(List.of("did quick")));
    assertThat(steps).doesNotContain(List.of("did slow"));
    goOn.countDown();
    await().untilAsserted(() -> assertThat(steps).contains(List.of("did slow")));
  }

  @Test
  void runner_throws_coreIsToldOfTheCrash() {
    var shell =
        shell(
            (events, _) -> events.contains("go") ? effects(List.of("explode")) : Step.idle(),
            new Runner());
    shell.start();
    shell.offer("go");
    await().untilAsserted(() -> assertThat(steps).contains(List.of("crashed explode: boom")));
    assertThat(counter("viking_loop_crashed_effects_total")).isEqualTo(1);
  }

  @Test
  void begun_answered_itsAnswersAreEvents() {
    var answer = new CompletableFuture<List<String>>();
    startWithBegun(effect -> answer);
    await().until(() -> gauge("viking_loop_effects_running") == 1);
    answer.complete(List.of("answered"));
    await().untilAsserted(() -> assertThat(steps).contains(List.of("answered")));
    assertThat(gauge("viking_loop_effects_running")).isZero();
  }

  @Test
  void begun_throws_coreIsToldOfTheCrash() {
    startWithBegun(
        effect -> {
          throw new IllegalStateException("boom");
        });
    await().untilAsserted(() -> assertThat(steps).contains(List.of("crashed call: boom")));
    assertThat(counter("viking_loop_crashed_effects_total")).isEqualTo(1);
  }

  @Test
  void begun_fails_coreIsToldOfTheCrash() {
    startWithBegun(effect -> CompletableFuture.failedFuture(new IllegalStateException("boom")));
    await()
        .untilAsserted(
            () ->
                assertThat(steps)
                    .contains(List.of("crashed call: java.lang.IllegalStateException: boom")));
    assertThat(counter("viking_loop_crashed_effects_total")).isEqualTo(1);
  }

  private void startWithBegun(Function<String, CompletableFuture<List<String>>> begin) {
    var shell =
        shell(
            (events, _) -> events.contains("go") ? effects(List.of("call")) : Step.idle(),
            new Runner(Lane.ofBegun("begun", 1)) {
              @Override
              public CompletableFuture<List<String>> begin(String effect) {
                return begin.apply(effect);
              }
            });
    shell.start();
    shell.offer("go");
  }

  @Test
  void core_throws_isCountedAndGoesOnWithTheNextStep() {
    var shell =
        shell(
            (events, _) -> {
              if (events.contains("bad")) {
                throw new IllegalStateException("a defect");
              }
              return Step.idle();
            },
            new Runner());
    shell.start();
    shell.offer("bad");
    await().until(() -> counter("viking_loop_failed_steps_total") == 1);
    shell.offer("good");
    await().untilAsserted(() -> assertThat(steps).contains(List.of("good")));
  }

  @Test
  void timer_due_isGivenBackOnceTheClockIsThere() {
    var shell =
        shell(
            (events, now) ->
                events.contains("go")
                    ? new Step<>(
                        List.of(),
                        List.of(
                            new Step.Timer<>(now.plusSeconds(60), "minute"),
                            new Step.Timer<>(now.plusSeconds(30), "half")))
                    : Step.idle(),
            new Runner());
    shell.start();
    shell.offer("go");
    await().until(() -> steps.size() == 1);
    clock.advance(Duration.ofSeconds(29));
    shell.offer("early");
    await().until(() -> steps.size() == 2);
    assertThat(steps.get(1)).containsExactly("early");
    clock.advance(Duration.ofSeconds(31));
    shell.clockMoved();
    await().until(() -> steps.size() == 3);
    assertThat(steps.get(2)).containsExactly("half", "minute");
  }

  @Test
  void clock_setBack_timeStandsStill() {
    var shell = shell((_, _) -> Step.idle(), new Runner());
    shell.start();
    shell.offer("a");
    await().until(() -> steps.size() == 1);
    clock.advance(Duration.ofHours(-1));
    shell.offer("b");
    await().until(() -> steps.size() == 2);
    assertThat(times).containsExactly(HandClock.START, HandClock.START);
  }

  @Test
  void close_interruptsWhatRunsAndForgetsWhatWaits() {
    var runner = new Runner();
    runner.permits.drainPermits();
    var shell =
        shell(
            (events, _) ->
                events.contains("go") ? effects(List.of("do 1", "do 2", "do 3")) : Step.idle(),
            runner);
    shell.start();
    shell.offer("go");
    await().until(() -> runner.started.size() == 2);
    shell.close();
    assertThat(runner.running.get()).isZero();
    assertThat(runner.started).hasSize(2);
    shell.offer("after");
    assertThat(steps).containsExactly(List.of("go"));
  }

  private LoopShell<String, String> shell(
      BiFunction<List<String>, Instant, Step<String, String>> core,
      EffectRunner<String, String> runner) {
    LoopCore<String, String> recording =
        (events, now) -> {
          Step<String, String> step = core.apply(events, now);
          times.add(now);
          steps.add(List.copyOf(events));
          return step;
        };
    var shell = new LoopShell<>("test", recording, runner, clock, metrics);
    opened.add(shell);
    return shell;
  }

  private static Step<String, String> effects(List<String> effects) {
    return new Step<>(effects, List.of());
  }

  private double counter(String name) {
    return metrics.get(name).tag("loop", "test").counter().count();
  }

  private double gauge(String name) {
    var gauge = metrics.find(name).tag("loop", "test").gauge();
    return gauge == null ? -1 : gauge.value();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs an effect when there is a permit, and remembers the order. */
  private static class Runner implements EffectRunner<String, String> {
    final Semaphore permits = new Semaphore(Integer.MAX_VALUE);
    final List<String> started = new CopyOnWriteArrayList<>();
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    private final Lane lane;

    Runner() {
      this(LANE);
    }

    Runner(Lane lane) {
      this.lane = lane;
    }

    @Override
    public Lane lane(String effect) {
      return lane;
    }

    @Override
    public List<String> run(String effect) throws InterruptedException {
      started.add(effect);
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      try {
        permits.acquire();
      } finally {
        running.decrementAndGet();
      }
      if (effect.equals("explode")) {
        throw new IllegalStateException("boom");
      }
      return List.of("did " + effect);
    }

    @Override
    public List<String> crashed(String effect, RuntimeException defect) {
      return List.of("crashed " + effect + ": " + defect.getMessage());
    }
  }
}
