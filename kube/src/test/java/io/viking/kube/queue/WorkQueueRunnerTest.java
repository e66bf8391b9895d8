package io.viking.kube.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.queue.WorkQueueRunner.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkQueueRunnerTest {
  private final WorkQueue<Integer> queue =
      new WorkQueue<>(
          "test",
          Duration.ofMillis(1),
          Duration.ofMillis(4),
          InstantSource.system(),
          new SimpleMeterRegistry());

  @Test
  void work_throws_comesAgain() {
    var tries = new AtomicInteger();
    try (var runner =
        new WorkQueueRunner<>(
            "test",
            queue,
            1,
            Duration.ZERO,
            item -> {
              if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("a defect");
              }
              return new Outcome.Done();
            })) {
      runner.start();
      queue.add(1);
      await().until(() -> tries.get() == 3 && queue.working() == 0);
      assertThat(queue.failures(1)).isZero();
    }
  }

  @Test
  void work_asksForLater_comesAgainWithoutAFailure() {
    var tries = new AtomicInteger();
    try (var runner =
        new WorkQueueRunner<>(
            "test",
            queue,
            1,
            Duration.ZERO,
            item ->
                tries.incrementAndGet() == 1
                    ? new Outcome.Later(Duration.ofMillis(1))
                    : new Outcome.Done())) {
      runner.start();
      queue.add(1);
      await().until(() -> tries.get() == 2);
      assertThat(queue.failures(1)).isZero();
    }
  }

  @Test
  void close_drainsWhatWaits() {
    List<Integer> done = new CopyOnWriteArrayList<>();
    var goOn = new CountDownLatch(1);
    var runner =
        new WorkQueueRunner<Integer>(
            "test",
            queue,
            1,
            Duration.ofSeconds(10),
            item -> {
              goOn.await();
              done.add(item);
              return new Outcome.Done();
            });
    runner.start();
    for (int i = 0; i < 5; i++) {
      queue.add(i);
    }
    goOn.countDown();
    runner.close();
    assertThat(done).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void close_interruptsWorkThatDoesNotEnd() {
    var interrupted = new CountDownLatch(1);
    var runner =
        new WorkQueueRunner<Integer>(
            "test",
            queue,
            1,
            Duration.ZERO,
            item -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return new Outcome.Done();
            });
    runner.start();
    queue.add(1);
    await().until(() -> queue.working() == 1);
    runner.close();
    assertThat(interrupted.getCount()).isZero();
  }

  /**
   * Many threads add few keys while many work: a key is never worked on by two, and after the last
   * add of a key it is worked on once more at least.
   */
  @Test
  void invariants_holdUnderConcurrentAddsAndFailures() throws InterruptedException {
    int keys = 20;
    var wanted = new AtomicIntegerArray(keys);
    var seen = new AtomicIntegerArray(keys);
    var inWork = ConcurrentHashMap.<Integer>newKeySet();
    List<String> violations = new CopyOnWriteArrayList<>();
    var failures = new Random(42);
    try (var runner =
        new WorkQueueRunner<Integer>(
            "test",
            queue,
            8,
            Duration.ZERO,
            key -> {
              if (!inWork.add(key)) {
                violations.add("key " + key + " is worked on twice at once");
              }
              int target = wanted.get(key);
              Thread.yield();
              boolean fails;
              synchronized (failures) {
                fails = failures.nextInt(5) == 0;
              }
              if (!fails) {
                seen.set(key, target);
              }
              inWork.remove(key);
              return fails ? new Outcome.Again() : new Outcome.Done();
            })) {
      runner.start();
      var adders = new java.util.ArrayList<Thread>();
      for (int t = 0; t < 8; t++) {
        var random = new Random(t);
        adders.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < 2_000; i++) {
                        int key = random.nextInt(keys);
                        wanted.incrementAndGet(key);
                        switch (random.nextInt(3)) {
                          case 0 -> queue.addAfter(key, Duration.ofMillis(random.nextInt(3)));
                          default -> queue.add(key);
                        }
                      }
                    }));
      }
      for (Thread adder : adders) {
        adder.join();
      }
      await()
          .untilAsserted(
              () -> {
                for (int key = 0; key < keys; key++) {
                  assertThat(seen.get(key)).as("key %d", key).isEqualTo(wanted.get(key));
                }
              });
    }
    assertThat(violations).isEmpty();
  }
}
