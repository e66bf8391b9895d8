package io.viking.kube.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.testing.HandClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final HandClock clock = new HandClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final WorkQueue<String> queue =
      new WorkQueue<>("test", Duration.ofMillis(5), Duration.ofMillis(40), clock, metrics);

  @Test
  void take_isFirstInFirstOut() throws InterruptedException {
    queue.add("a");
    queue.add("b");
    queue.add("c");
    assertThat(take()).isEqualTo("a");
    assertThat(take()).isEqualTo("b");
    assertThat(take()).isEqualTo("c");
  }

  @Test
  void add_whileItWaits_isOnce() throws InterruptedException {
    queue.add("a");
    queue.add("a");
    queue.add("b");
    assertThat(queue.depth()).isEqualTo(2);
    assertThat(take()).isEqualTo("a");
    assertThat(take()).isEqualTo("b");
    assertThat(metrics.get("viking_workqueue_adds_total").counter().count()).isEqualTo(2);
  }

  @Test
  void add_whileItIsWorkedOn_comesOnceMoreAfterwards() throws InterruptedException {
    queue.add("a");
    take();
    queue.add("a");
    queue.add("a");
    assertThat(queue.depth()).isZero();
    queue.done("a");
    assertThat(queue.depth()).isEqualTo(1);
    assertThat(take()).isEqualTo("a");
    queue.done("a");
    assertThat(queue.depth()).isZero();
  }

  @Test
  void add_whileItIsWorkedOn_goesToTheEnd() throws InterruptedException {
    queue.add("a");
    take();
    queue.add("a");
    queue.add("b");
    queue.done("a");
    assertThat(take()).isEqualTo("b");
    assertThat(take()).isEqualTo("a");
  }

  @Test
  void addAfter_comesWhenTheTimeHasPassed() throws InterruptedException {
    queue.addAfter("late", Duration.ofSeconds(2));
    queue.addAfter("soon", Duration.ofSeconds(1));
    queue.addAfter("now", Duration.ZERO);
    assertThat(take()).isEqualTo("now");
    clock.advance(Duration.ofSeconds(2));
    assertThat(take()).isEqualTo("soon");
    assertThat(take()).isEqualTo("late");
  }

  @Test
  void addAfter_twice_theEarliestHoldsAndItComesOnce() throws InterruptedException {
    queue.addAfter("a", Duration.ofSeconds(5));
    queue.addAfter("a", Duration.ofSeconds(1));
    queue.addAfter("a", Duration.ofSeconds(9));
    clock.advance(Duration.ofSeconds(1));
    assertThat(take()).isEqualTo("a");
    queue.done("a");
    clock.advance(Duration.ofSeconds(10));
    queue.add("end");
    assertThat(take()).isEqualTo("end");
  }

  @Test
  void take_waits_untilTheClockIsThere() {
    queue.addAfter("a", Duration.ofMinutes(1));
    var taken = takeOnAThread();
    clock.advance(Duration.ofMinutes(1));
    queue.clockMoved();
    await().untilAsserted(() -> assertThat(taken).isCompletedWithValue(Optional.of("a")));
  }

  @Test
  void addAgain_doublesPerItemUntilForgotten() throws InterruptedException {
    assertBackoff("a", 5);
    assertBackoff("a", 10);
    assertBackoff("b", 5);
    assertBackoff("a", 20);
    assertBackoff("a", 40);
    assertBackoff("a", 40);
    assertThat(queue.failures("a")).isEqualTo(5);
    queue.forget("a");
    assertThat(queue.failures("a")).isZero();
    assertBackoff("a", 5);
    assertThat(metrics.get("viking_workqueue_retries_total").counter().count()).isEqualTo(7);
  }

  @Test
  void shutDown_givesOutWhatWaitsThenNothing() throws InterruptedException {
    queue.add("a");
    queue.addAfter("delayed", Duration.ofSeconds(1));
    queue.shutDown();
    queue.add("b");
    clock.advance(Duration.ofSeconds(1));
    assertThat(queue.take()).contains("a");
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void shutDown_letsWaitersGo() {
    var taken = takeOnAThread();
    queue.shutDown();
    await().untilAsserted(() -> assertThat(taken).isCompletedWithValue(Optional.empty()));
  }

  @Test
  void durations_areMeasuredByTheClock() throws InterruptedException {
    queue.add("a");
    clock.advance(Duration.ofSeconds(3));
    take();
    clock.advance(Duration.ofSeconds(4));
    queue.done("a");
    assertThat(total("viking_workqueue_queue_duration_seconds")).isEqualTo(3);
    assertThat(total("viking_workqueue_work_duration_seconds")).isEqualTo(4);
  }

  private void assertBackoff(String item, long millis) throws InterruptedException {
    queue.addAgain(item);
    clock.advance(Duration.ofMillis(millis - 1));
    queue.add("probe");
    assertThat(take()).isEqualTo("probe");
    queue.done("probe");
    clock.advance(Duration.ofMillis(1));
    assertThat(take()).isEqualTo(item);
    queue.done(item);
  }

  private String take() throws InterruptedException {
    return queue.take().orElseThrow();
  }

  private CompletableFuture<Optional<String>> takeOnAThread() {
    var taken = new CompletableFuture<Optional<String>>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                taken.complete(queue.take());
              } catch (InterruptedException e) {
                taken.completeExceptionally(e);
              }
            });
    return taken;
  }

  private double total(String timer) {
    return metrics.get(timer).timer().totalTime(java.util.concurrent.TimeUnit.SECONDS);
  }
}
