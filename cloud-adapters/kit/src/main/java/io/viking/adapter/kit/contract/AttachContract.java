package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Joining a container's own process. */
public abstract class AttachContract extends ContractTopic {
  @Test
  void attach_whereThePoolCannot_isUnsupported() {
    onlyIf(!info().getCapabilities().getExec(), "the pool attaches");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    try (Exec attached = Exec.attach(cluster, Exec.command(running.getUid()))) {
      attached.assertFails(ErrorReason.ERROR_REASON_UNSUPPORTED);
    }
  }

  @Test
  void attach_takesInput_andEndsWithTheContainer() {
    needsAttach();
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    try (Exec attached = Exec.attach(cluster, Exec.withStdin(running.getUid()))) {
      attached.type("hello\n").eof();
      cluster.delete(running.getUid(), 1, Duration.ofSeconds(10));
      attached.awaitExit();
    }
  }

  @Test
  void attach_toATerminal_takesASize() {
    needsAttach();
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    try (Exec attached = Exec.attach(cluster, Exec.terminal(running.getUid()))) {
      attached.resize(80, 24).type("hello\n");
      cluster.delete(running.getUid(), 1, Duration.ofSeconds(10));
      attached.awaitExit();
      assertThat(attached.stderr()).isEmpty();
    }
  }

  @Test
  void attach_cancelled_leavesTheContainerRunning() {
    needsAttach();
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    try (Exec attached = Exec.attach(cluster, Exec.withStdin(running.getUid()))) {
      attached.type("hello\n");
      attached.cancel();
    }

    assertThat(cluster.find(running.getUid()).orElseThrow().getContainers(0).hasRunning()).isTrue();
  }

  @Test
  void attach_toWhatIsNotThere_isNotFound() {
    needsAttach();
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    try (Exec attached = Exec.attach(cluster, Exec.command(UUID.randomUUID().toString()))) {
      attached.assertFails(ErrorReason.ERROR_REASON_NOT_FOUND);
    }
    try (Exec attached =
        Exec.attach(cluster, Exec.command(running.getUid()).setContainer("stowaway"))) {
      attached.assertFails(ErrorReason.ERROR_REASON_NOT_FOUND);
    }
  }

  private void needsAttach() {
    onlyIf(info().getCapabilities().getExec(), "the pool does not attach");
  }
}
