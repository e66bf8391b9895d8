package io.viking.controlplane.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No engine is at hand where this was written: the command line is all that is tested. */
class K3sCommandTest {
  private static final K3sCommand COMMAND =
      new K3sCommand(
          Path.of("/usr/bin/docker"), "viking-abc", Path.of("/data/k3s"), "v1.36.3", 16443);

  @Test
  void run_isAnApiAndNothingElse() {
    List<String> command = COMMAND.run();
    assertThat(command)
        .startsWith("/usr/bin/docker", "run", "--rm")
        .contains(
            "--volume=/data/k3s/data:/var/lib/rancher/k3s",
            "--disable-agent",
            "--disable-scheduler",
            "--egress-selector-mode=disabled",
            "--disable=coredns,local-storage,metrics-server,servicelb,traefik",
            "--tls-san=127.0.0.1",
            "--https-listen-port=16443",
            "--kube-apiserver-arg=kubelet-preferred-address-types=InternalIP")
        .doesNotHaveDuplicates();
    assertThat(command.indexOf("rancher/k3s:v1.36.3-k3s1"))
        .as("the engine's flags, the image, then k3s's own")
        .isLessThan(command.indexOf("server"))
        .isGreaterThan(command.indexOf("--network=host"));
  }

  @Test
  void kubeconfig_isWhereTheVolumeShowsIt() {
    assertThat(COMMAND.run())
        .contains(
            "--volume=/data/k3s/output:/output", "--write-kubeconfig=/output/kubeconfig.yaml");
    assertThat(COMMAND.kubeconfig()).isEqualTo(Path.of("/data/k3s/output/kubeconfig.yaml"));
  }
}
