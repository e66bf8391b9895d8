package io.viking.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.viking.cli.server.StatusReport.Part;
import io.viking.controlplane.Component;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartSightTest {
  private static final String HTTP = "http://127.0.0.1:1234";

  @Test
  void processThatAnswers_isAsItsOwnLoop_andItsOtherLoopsFollow() {
    List<Part> parts =
        PartSight.of(
            component(Component.State.READY),
            Optional.of(
                report(
                    "degraded", loop("zone-nodes", "starting", ""), loop("syncer", "ready", ""))),
            HTTP);

    assertThat(parts)
        .extracting(Part::name, Part::kind, Part::state, Part::pid, Part::detail)
        .containsExactly(
            tuple("syncer", "process", "ready", 7L, "health and metrics at " + HTTP),
            tuple("zone-nodes", "loop", "starting", 7L, ""));
  }

  @Test
  void processWhoseLoopIsPaused_saysByWhom() {
    assertThat(
            PartSight.of(
                component(Component.State.READY),
                Optional.of(report("paused", loop("syncer", "paused", "paused by a test"))),
                HTTP))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("paused", "paused by a test; health and metrics at " + HTTP));
  }

  @Test
  void processThatIsStillWaiting_saysSo() {
    assertThat(
            PartSight.of(component(Component.State.READY), Optional.of(report("starting")), HTTP))
        .extracting(Part::state)
        .containsExactly("starting");
  }

  @Test
  void processThatRunsAndDoesNotAnswer_isNotReady() {
    assertThat(PartSight.of(component(Component.State.READY), Optional.empty(), ""))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("not-answering", "see /logs/syncer.log"));
  }

  @Test
  void processThatWillBeStartedAgain_isAsItsSupervisorSaysWhateverItSaidLast() {
    assertThat(
            PartSight.of(
                component(Component.State.BACKING_OFF), Optional.of(report("ready")), HTTP))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("backing-off", "see /logs/syncer.log"));
  }

  private static Component component(Component.State state) {
    return new Component(
        "syncer",
        state,
        OptionalLong.of(7),
        1,
        Optional.of(Instant.EPOCH),
        Path.of("/logs/syncer.log"),
        "0.1.0");
  }

  private static Part loop(String name, String state, String detail) {
    return new Part(name, "loop", state, 0, 0, "", "0.1.0", detail);
  }

  private static StatusReport report(String state, Part... parts) {
    return new StatusReport(
        state, 7, "", "", "", "", "", "", "", "", "", List.of(parts), Map.of(), 0, 0, 0, 0);
  }
}
