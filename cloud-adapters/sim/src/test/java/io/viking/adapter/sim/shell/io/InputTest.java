package io.viking.adapter.sim.shell.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InputTest {
  private static final Source ENDLESS = () -> ByteString.copyFrom(new byte[32 << 10]);

  @Test
  void lines_comeWhole_howeverTheyAreCut() throws Exception {
    Input input = of("on", "e\ntwo\n\nthr", "ee");

    assertThat(input.line()).contains("one");
    assertThat(input.read(2).toStringUtf8()).isEqualTo("tw");
    assertThat(input.line()).contains("o");
    assertThat(input.line()).contains("");
    assertThat(input.line()).contains("three");
    assertThat(input.line()).isEmpty();
  }

  @Test
  void lineWithoutAnEnd_isNotGatheredForEver() {
    assertThatThrownBy(() -> new Input(ENDLESS).line())
        .isInstanceOf(IOException.class)
        .hasMessage("a line is longer than 1048576 bytes");
  }

  @Test
  void sourceThatNeverWaits_canBeStoppedAllTheSame() throws Exception {
    Input input = new Input(ENDLESS);
    input.read();
    Thread.currentThread().interrupt();

    assertThatThrownBy(input::read).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("the interruption was taken").isFalse();
  }

  private static Input of(String... pieces) {
    AtomicInteger at = new AtomicInteger();
    List<String> all = List.of(pieces);
    return new Input(
        () ->
            at.get() < all.size()
                ? ByteString.copyFromUtf8(all.get(at.getAndIncrement()))
                : ByteString.EMPTY);
  }
}
