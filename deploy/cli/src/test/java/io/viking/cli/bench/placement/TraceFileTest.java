package io.viking.cli.bench.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.cli.CommandFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFileTest {
  @Test
  void linesAreRead_commentsAndHeaderAreNot() {
    Trace trace =
        TraceFile.of(
            "t",
            List.of(
                TraceFile.COLUMNS,
                "# a comment",
                "",
                "0, web, +3, 0.5, 1, no",
                "60,web,-1,0.5,1,no"));

    var size = new PodSize(500, 1024, false);
    assertThat(trace.lines())
        .containsExactly(new Trace.Line(0, "web", 3, size), new Trace.Line(60, "web", -1, size));
    assertThat(trace.pods()).isEqualTo(3);
    assertThat(trace.end()).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0,web,3                | t, line 2: "0,web,3" has 3 values; give time,workload,pods,vcpu,gib,spot.
          x,web,+3,1,2,no        | t, line 2: time is "x", which is no whole number.
          4,web,+3,1,2,no        | t, line 2: time 4 is before that of the line above; put the lines in order.
          9,,+3,1,2,no           | t, line 2: the workload has no name.
          9,web,0,1,2,no         | t, line 2: pods is 0; give a number such as +10 or -3.
          9,web,+3,many,2,no     | t, line 2: vcpu is "many"; give a number above 0, such as 0.5.
          9,web,+3,1,-2,no       | t, line 2: gib is "-2"; give a number above 0, such as 0.5.
          9,web,+3,1,2,maybe     | t, line 2: spot is "maybe"; give yes or no.
          9,old,-6,1,2,no        | t, line 2: takes 6 pods of workload old, which has 5.
          9,old,-1,2,2,no        | t, line 2: workload old has another size, or bids otherwise, than at first; give the other pods a name of their own.
          """)
  void wrongLine_isNamedWithItsValueAndTheWayOut(String line, String sentence) {
    assertThatThrownBy(() -> TraceFile.of("t", List.of("5,old,+5,1,2,no", line)))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(sentence);
  }

  @Test
  void emptyFile_saysSo() {
    assertThatThrownBy(() -> TraceFile.of("t", List.of("# nothing")))
        .hasMessage(
            "t, line 1: there is nothing in it; give lines time,workload,pods,vcpu,gib,spot.");
  }
}
