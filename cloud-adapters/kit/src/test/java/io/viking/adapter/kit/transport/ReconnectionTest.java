package io.viking.adapter.kit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ConnectivityState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReconnectionTest {
  private final AtomicReference<ConnectivityState> state =
      new AtomicReference<>(ConnectivityState.READY);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger attempts = new AtomicInteger();

  @Test
  void connection_isTriedAgainOnlyWhileItIsLost() {
    try (var _ = Reconnection.start(this::look, this::attempt, Duration.ofMillis(1))) {
      await().until(() -> looks.get() > 3);
      assertThat(attempts).hasValue(0);

      state.set(ConnectivityState.TRANSIENT_FAILURE);
      await().until(() -> attempts.get() == 1);
    }
  }

  private ConnectivityState look() {
    looks.incrementAndGet();
    return state.get();
  }

  private void attempt() {
    attempts.incrementAndGet();
    state.set(ConnectivityState.CONNECTING);
  }
}
