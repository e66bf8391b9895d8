package io.viking.controlplane.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.ControlPlaneOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir Path folder;

  @Test
  void choose_twice_isTheSame() {
    PortPlan.Chosen first = ports().choose(ControlPlaneOptions.defaults());
    assertThat(ports().choose(ControlPlaneOptions.defaults())).isEqualTo(first);
  }

  @Test
  void choose_keptApiPortInUse_namesTheWayOut() throws Exception {
    PortPlan.Chosen chosen = ports().choose(ControlPlaneOptions.defaults());
    try (ServerSocket squatter =
        new ServerSocket(chosen.port(PortName.API), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> ports().choose(ControlPlaneOptions.defaults()))
          .isInstanceOf(ControlPlaneException.class)
          .hasMessageStartingWith("port " + squatter.getLocalPort() + " is in use")
          .hasMessageEndingWith("choose another with --api-port.");
    }
  }

  @Test
  void choose_damagedFile_isRefused() throws Exception {
    Files.writeString(folder.resolve("ports"), "api=soup\n");
    assertThatThrownBy(() -> ports().choose(ControlPlaneOptions.defaults()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("delete it, and ports are chosen anew");
  }

  @Test
  void holder_isReadFromTheKernelsTable() {
    List<String> table =
        List.of(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 0100007F:192B 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 11 1",
            "   1: 0100007F:192B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 42 1");
    assertThat(PortHolder.inode(table, 6443)).as("the listener, not a connection").contains("42");
    assertThat(PortHolder.inode(table, 6444)).isEmpty();
  }

  private Ports ports() {
    return new Ports(folder.resolve("ports"), new Random());
  }
}
