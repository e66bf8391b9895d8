package io.viking.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.ModeChoice.External;
import io.viking.controlplane.ModeChoice.K3s;
import io.viking.controlplane.ModeChoice.Native;
import io.viking.controlplane.ModeChoice.Refused;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModeChoiceTest {
  private static final ControlPlaneOptions AUTO = ControlPlaneOptions.defaults();
  private static final Path KUBECONFIG = Path.of("/home/ada/.kube/config");

  @Test
  void auto_takesWhatIsAtHand_inTheDesignsOrder() {
    assertThat(choose(AUTO.withKubeconfig(KUBECONFIG), true, true, true))
        .isEqualTo(new External(KUBECONFIG));
    assertThat(choose(AUTO, true, true, true)).isEqualTo(new Native());
    assertThat(choose(AUTO, false, true, true)).isEqualTo(new K3s());
    assertThat(choose(AUTO, false, false, true)).isEqualTo(new Native());
    assertThat(choose(AUTO, false, false, false))
        .isEqualTo(
            new Refused(
                "there is nothing to run a Kubernetes API with: install Go from https://go.dev/dl, or start Docker, or name a cluster with --kubeconfig."));
  }

  @Test
  void named_isTaken_orRefusedWithItsNeed() {
    assertThat(choose(AUTO.withMode(ControlPlaneMode.NATIVE), false, true, true))
        .isEqualTo(new Native());
    assertThat(choose(AUTO.withMode(ControlPlaneMode.NATIVE), false, true, false))
        .isInstanceOf(Refused.class);
    assertThat(choose(AUTO.withMode(ControlPlaneMode.K3S), true, true, true)).isEqualTo(new K3s());
    assertThat(choose(AUTO.withMode(ControlPlaneMode.K3S), true, false, true))
        .isInstanceOf(Refused.class);
    assertThat(choose(AUTO.withMode(ControlPlaneMode.EXTERNAL), true, true, true))
        .isInstanceOf(Refused.class);
  }

  @Test
  void existingCluster_keepsItsMode() {
    assertThat(
            ModeChoice.decide(AUTO, Optional.of(ControlPlaneMode.K3S), new Fake(true, true, true)))
        .isEqualTo(new K3s());
    assertThat(
            ModeChoice.decide(
                AUTO.withMode(ControlPlaneMode.NATIVE),
                Optional.of(ControlPlaneMode.K3S),
                new Fake(true, true, true)))
        .isEqualTo(
            new Refused(
                "this data directory holds a cluster of --control-plane=k3s, not native: name another --data-dir, or viking reset."));
  }

  @Test
  void mode_isReadFromAFlag() {
    assertThat(ControlPlaneMode.parse("Native")).isEqualTo(ControlPlaneMode.NATIVE);
  }

  private static ModeChoice choose(
      ControlPlaneOptions options, boolean cached, boolean docker, boolean go) {
    return ModeChoice.decide(options, Optional.empty(), new Fake(cached, docker, go));
  }

  private record Fake(boolean binariesAreCached, boolean dockerAnswers, boolean goIsInstalled)
      implements ModeChoice.Machine {}
}
