package io.viking.cli.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KubeletReachTest {
  @Test
  void verdict_whereTheNodeAnswers_orIsThisMachine_isNoTrouble() {
    assertThat(KubeletReach.verdict(200, "ok", "10.0.0.1:10250")).isEmpty();
    assertThat(KubeletReach.verdict(403, "address not allowed", "127.0.0.1:10250")).isEmpty();
  }

  @Test
  void verdict_otherwise_saysWhatFails_andTheWayOut() {
    assertThat(
            KubeletReach.verdict(503, "dial tcp 10.0.0.1:10250: i/o timeout\n", "10.0.0.1:10250"))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .contains(
                        "10.0.0.1:10250", "kubectl logs", "i/o timeout", "--kubelet-address"));
  }
}
