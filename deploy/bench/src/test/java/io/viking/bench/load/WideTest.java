package io.viking.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WideTest {
  @Test
  void everyIndex_isTakenOnce() throws Exception {
    var taken = new ConcurrentSkipListSet<Integer>();
    var calls = new AtomicInteger();

    Wide.run(
        8,
        1000,
        i -> {
          taken.add(i);
          calls.incrementAndGet();
        });

    assertThat(taken).hasSize(1000).startsWith(0).endsWith(999);
    assertThat(calls).hasValue(1000);
  }

  @Test
  void asManyAreUnderWayAtOnce_asTheWidthSays() throws Exception {
    var together = new CyclicBarrier(5);

    Wide.run(5, 10, i -> meet(together));

    assertThat(together.getNumberWaiting()).isZero();
  }

  @Test
  void failure_endsTheRest_andIsTold() {
    var calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Wide.run(
                    1,
                    1000,
                    i -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException("no. " + i);
                    }))
        .hasMessage("no. 0");
    assertThat(calls).hasValue(1);
  }

  @Test
  void interruption_endsTheWorkers_beforeItIsTold() throws Exception {
    var begun = new CountDownLatch(2);
    var ended = new AtomicInteger();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Wide.run(
                        2,
                        2,
                        i -> {
                          begun.countDown();
                          try {
                            new CountDownLatch(1).await();
                          } finally {
                            ended.incrementAndGet();
                          }
                        });
                  } catch (InterruptedException told) {
                    ended.addAndGet(10);
                  }
                });
    begun.await();

    caller.interrupt();
    caller.join();

    assertThat(ended).hasValue(12);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception alone) {
      throw new IllegalStateException(alone);
    }
  }
}
