package io.viking.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.server.StatusReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadyMessageTest {
  private static final String LABEL =
      "\n  ./viking kubectl label namespace default alibabacloud.com/eci=true\n";
  private static final String CREATE =
      "\n  ./viking kubectl create deployment web --image=nginx --replicas=20\n";

  @Test
  void ownCluster_runsWhateverIsCreated() {
    assertThat(of("scheduler")).contains(CREATE).doesNotContain("label");
  }

  @Test
  void hybridCluster_choosesZonesFirst() {
    assertThat(of(StatusReport.CHOICE_POLICY)).containsSubsequence(LABEL, CREATE.substring(1));
  }

  private static String of(String part) {
    var parts = List.of(new StatusReport.Part(part, "", "ready", 0, 0, "", "", ""));
    var status =
        new StatusReport(
            "ready", 1, "", "", "", "", "", "", "", "instant", "", parts, Map.of(), 0, 3, 0, 0);
    return ReadyMessage.of(status, Optional.empty(), "./viking", "", true);
  }
}
