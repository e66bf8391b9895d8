package io.viking.kube.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LaneCallsTest {
  private final List<String> begun = new ArrayList<>();
  private final List<CompletableFuture<Void>> calls = new ArrayList<>();
  private final LaneCalls<String> lane = new LaneCalls<>(Lane.ofBegun("calls", 2), this::begin);

  private CompletableFuture<?> begin(String effect) {
    begun.add(effect);
    calls.add(new CompletableFuture<>());
    return calls.getLast();
  }

  @Test
  void submit_moreThanItIsWide_waitForRoomInTheirOrder() {
    List.of("a", "b", "c", "d").forEach(lane::submit);
    assertThat(begun).containsExactly("a", "b");
    assertThat(lane.running()).isEqualTo(2);
    assertThat(lane.waiting()).isEqualTo(2);
    calls.get(1).complete(null);
    assertThat(begun).containsExactly("a", "b", "c");
    calls.get(0).complete(null);
    assertThat(begun).containsExactly("a", "b", "c", "d");
    assertThat(lane.running()).isEqualTo(2);
    assertThat(lane.waiting()).isZero();
  }

  @Test
  void call_failed_leavesItsRoom() {
    List.of("a", "b", "c").forEach(lane::submit);
    calls.get(0).completeExceptionally(new IllegalStateException("a defect"));
    assertThat(begun).containsExactly("a", "b", "c");
    calls.get(1).complete(null);
    calls.get(2).complete(null);
    assertThat(lane.running()).isZero();
  }

  @Test
  void calls_thatEndAtOnce_areAsManyAsWait() {
    var first = new CompletableFuture<Void>();
    List<Integer> done = new ArrayList<>();
    var quick =
        new LaneCalls<Integer>(
            Lane.ofBegun("quick", 1),
            number -> {
              done.add(number);
              return number == 0 ? first : CompletableFuture.completedFuture(null);
            });
    for (int i = 0; i <= 100_000; i++) {
      quick.submit(i);
    }
    assertThat(done).hasSize(1);
    first.complete(null);
    assertThat(done).hasSize(100_001).isSorted();
    assertThat(quick.running()).isZero();
  }

  @Test
  void stop_forgetsWhatWaits_andAwaitsWhatRuns() throws InterruptedException {
    List.of("a", "b", "c").forEach(lane::submit);
    lane.stop();
    lane.submit("d");
    assertThat(lane.await(Duration.ofMillis(1))).isEqualTo(2);
    calls.forEach(call -> call.complete(null));
    assertThat(lane.await(Duration.ofMillis(1))).isZero();
    assertThat(begun).containsExactly("a", "b");
  }
}
