package io.viking.adapter.sim.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.adapter.sim.shell.io.Terminal;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteString.Output screen = ByteString.newOutput();
  private final Signals signals = new Signals();
  private final Terminal terminal = new Terminal(bytes -> bytes.writeTo(screen), signals);

  @Test
  void line_isEchoed_andHandedOnWhole() throws Exception {
    type("ab");
    type("c\r");

    assertThat(read()).isEqualTo("abc\n");
    assertThat(shown()).isEqualTo("abc\r\n");
  }

  @Test
  void characters_areTakenBack_oneByOne() throws Exception {
    type("aé\u007f\u007fb\u0008\u0008\u0008xyz\u0015ok\n");

    assertThat(read()).isEqualTo("ok\n");
  }

  @Test
  void end_ofAnEmptyLine_isAnEnd_andOneMayGoOn() throws Exception {
    type("\u0004next\n");

    assertThat(read()).isEmpty();
    assertThat(read()).isEqualTo("next\n");
  }

  @Test
  void end_withinALine_handsItOnAsItIs() throws Exception {
    type("abc\u0004");

    assertThat(read()).isEqualTo("abc");
  }

  @Test
  void interrupt_dropsTheLine_andSignals() throws Exception {
    type("abc\u0003def\n");

    assertThat(read()).isEqualTo("def\n");
    assertThat(signals.taken()).isTrue();
    assertThat(signals.taken()).isFalse();
    assertThat(shown()).contains("^C\r\n");
  }

  @Test
  void output_hasTheLineEndsOfAScreen() throws Exception {
    terminal.output().print("a\nb\n");

    assertThat(shown()).isEqualTo("a\r\nb\r\n");
  }

  @Test
  void hangUp_handsOnTheRest_andEnds() throws Exception {
    type("rest");
    terminal.hangUp();

    assertThat(read()).isEqualTo("rest");
    assertThat(read()).isEmpty();
  }

  private void type(String text) throws Exception {
    terminal.type(ByteString.copyFromUtf8(text));
  }

  private String read() throws Exception {
    return terminal.lines().next().toStringUtf8();
  }

  private String shown() {
    return screen.toByteString().toStringUtf8();
  }
}
