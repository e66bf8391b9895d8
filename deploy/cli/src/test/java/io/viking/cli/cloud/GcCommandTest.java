package io.viking.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcCommandTest {
  @Test
  void sentence_saysWhatIsHeld_andWhatToDo() {
    assertThat(GcCommand.sentence(0, false)).isEqualTo("No instance is held.");
    assertThat(GcCommand.sentence(12, false))
        .isEqualTo(
            "12 instances held: their pods are not in the API server. \"--confirm\" deletes them.");
    assertThat(GcCommand.sentence(12, true))
        .isEqualTo("Letting go of 12 instances whose pods are gone.");
    assertThat(GcCommand.sentence(0, true)).isEqualTo("No instance is held.");
  }
}
