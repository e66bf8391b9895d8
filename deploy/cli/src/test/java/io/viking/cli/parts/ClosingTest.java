package io.viking.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void close_goesBackwards_onceEach_alsoPastAFailure() {
    List<String> closed = new ArrayList<>();
    var closing = new Closing();
    closing.add("first", () -> closed.add("first"));
    closing.add(
        "second",
        () -> {
          closed.add("second");
          throw new IllegalStateException("stuck");
        });
    closing.add("third", () -> closed.add("third"));

    closing.close();
    closing.close();

    assertThat(closed).containsExactly("third", "second", "first");
  }
}
