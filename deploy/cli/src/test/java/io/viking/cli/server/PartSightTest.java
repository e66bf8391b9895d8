package io.viking.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.viking.cli.parts.LoopPart;
import io.viking.cli.server.StatusReport.Part;
import io.viking.controlplane.Component;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartSightTest {
  private static final String HTTP = "http://127.0.0.1:1234";
  private static final PartName SYNCER = PartName.only("syncer");

  @Test
  void processThatAnswers_isAsItsOwnLoop_andItsOtherLoopsFollow() {
    List<Part> parts =
        PartSight.of(
            SYNCER,
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
                SYNCER,
                component(Component.State.READY),
                Optional.of(report("paused", loop("syncer", "paused", "paused by a test"))),
                HTTP))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("paused", "paused by a test; health and metrics at " + HTTP));
  }

  @Test
  void processThatIsStillWaiting_saysSo() {
    assertThat(
            PartSight.of(
                SYNCER, component(Component.State.READY), Optional.of(report("starting")), HTTP))
        .extracting(Part::state)
        .containsExactly("starting");
  }

  @Test
  void processThatRunsAndDoesNotAnswer_isNotReady() {
    assertThat(PartSight.of(SYNCER, component(Component.State.READY), Optional.empty(), ""))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("not-answering", "see /logs/syncer.log"));
  }

  @Test
  void processThatWillBeStartedAgain_isAsItsSupervisorSaysWhateverItSaidLast() {
    assertThat(
            PartSight.of(
                SYNCER, component(Component.State.BACKING_OFF), Optional.of(report("ready")), HTTP))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("backing-off", "see /logs/syncer.log"));
  }

  @Test
  void replicaThatStandsBy_isSeenWithoutTheLoopsThatDoNot() {
    assertThat(
            PartSight.of(
                new PartName("syncer", 2),
                component("syncer-2", Component.State.READY),
                Optional.of(
                    report(
                        "ready",
                        loop("zone-nodes", "standby", "for me"),
                        loop("kubelet-api", "ready", ""),
                        loop("syncer", "standby", "for me"))),
                HTTP))
        .extracting(Part::name, Part::state)
        .containsExactly(tuple("syncer-2", "standby"), tuple("kubelet-api-2", "ready"));
  }

  @Test
  void replicas_areWell_whileOneLeads_andNotWhileAllStandBy() {
    List<PartName> syncers = PartName.all("syncer", OptionalInt.of(2));
    Part leads = process("syncer-1", "ready");
    Part dead = process("syncer-1", "backing-off");
    Part standsBy = process("syncer-2", "standby");

    assertThat(PartSight.withLeaders(List.of(leads, standsBy), List.of(syncers)))
        .containsExactly(leads, standsBy);
    assertThat(PartSight.withLeaders(List.of(dead, standsBy), List.of(syncers)))
        .extracting(Part::state, Part::detail)
        .containsExactly(tuple("backing-off", ""), tuple("starting", "nobody leads"));
  }

  @Test
  void replicas_areLed_alsoWhileTheLeaderStarts() {
    List<PartName> syncers = PartName.all("syncer", OptionalInt.of(2));
    Part starts = new Part("syncer-1", "process", "starting", 7, 0, "", "", LoopPart.leads("", ""));
    Part standsBy = process("syncer-2", "standby");

    assertThat(PartSight.withLeaders(List.of(starts, standsBy), List.of(syncers)))
        .containsExactly(starts, standsBy);
  }

  private static Part process(String name, String state) {
    return new Part(name, "process", state, 7, 0, "", "", "");
  }

  private static Component component(Component.State state) {
    return component("syncer", state);
  }

  private static Component component(String name, Component.State state) {
    return new Component(
        name,
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
