package io.viking.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final Retries retries = new Retries();

  @Test
  void busyServer_isAskedAgain_andThatIsCounted() throws Exception {
    String answer = retries.call(() -> failingFirst(2, 429));

    assertThat(answer).isEqualTo("done");
    assertThat(retries.count()).isEqualTo(2);
  }

  @Test
  void refusal_isTheCallers() {
    assertThatThrownBy(() -> retries.call(() -> failingFirst(1, 403)))
        .isInstanceOf(KubeApiException.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void serverThatStaysBusy_isNotAskedForEver() {
    assertThatThrownBy(() -> retries.call(() -> failingFirst(1000, 429)))
        .isInstanceOf(KubeApiException.class);
    assertThat(calls).hasValue(8);
  }

  private String failingFirst(int times, int code) {
    if (calls.getAndIncrement() < times) {
      throw new KubeApiException(code, "", "no", Optional.of(Duration.ZERO));
    }
    return "done";
  }
}
