package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Commands in containers. The pool's default image must have the commands of a POSIX system: sh,
 * cat, head, sleep, stty, test, true.
 */
public abstract class ExecContract extends ContractTopic {
  private static final int INPUT_BYTES = 3 << 20;
  private static final int OUTPUT_BYTES = 10 << 20;

  /** No transport buffers so much of what nobody reads. */
  private static final int MORE_THAN_BUFFERS = 64 << 20;

  @Test
  void exec_whereThePoolCannot_isUnsupported() {
    onlyIf(!info().getCapabilities().getExec(), "the pool runs commands");
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    try (Exec exec = Exec.open(cluster, Exec.command(running.getUid(), "true"))) {
      exec.assertFails(ErrorReason.ERROR_REASON_UNSUPPORTED);
    }
  }

  @Test
  void exec_givesOutputErrorsAndExitCode_apart() {
    Target target = running();

    try (Exec exec = target.exec("sh", "-c", "echo out; echo err >&2; exit 3")) {
      assertThat(exec.awaitExit()).isEqualTo(3);
      assertThat(exec.stdout()).isEqualTo("out\n");
      assertThat(exec.stderr()).isEqualTo("err\n");
    }
    try (Exec exec = target.exec("true")) {
      assertThat(exec.awaitExit()).isZero();
    }
  }

  @Test
  void exec_passesItsWords_asTheyAre() {
    Target target = running();

    try (Exec exec = target.exec("echo", "a  b", "$HOME", "c;d")) {
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.stdout()).isEqualTo("a  b $HOME c;d\n");
    }
  }

  @Test
  void exec_withoutStdin_readsNothing() {
    Target target = running();

    try (Exec exec = target.exec("cat")) {
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.stdout()).isEmpty();
    }
  }

  @Test
  void stdin_ends_whenItIsSaidTo() {
    Target target = running();

    try (Exec exec = target.open(Exec.withStdin(target.uid(), "cat"))) {
      exec.type("one\n");
      exec.awaitStdout("one\n");
      exec.type("two\n").eof();
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.stdout()).isEqualTo("one\ntwo\n");
    }
  }

  @Test
  void halfClose_afterStdinHasEnded_closesNothingElse() {
    Target target = running();

    try (Exec exec = target.open(Exec.withStdin(target.uid(), "sh", "-c", "cat; echo after"))) {
      exec.type("before\n").eof().halfClose();
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.stdout()).isEqualTo("before\nafter\n");
    }
  }

  @Test
  void threeMegabytesIn_comeBack_withoutLoss() {
    Target target = running();
    byte[] random = new byte[INPUT_BYTES];
    new Random(1).nextBytes(random);
    ByteString input = ByteString.copyFrom(random);

    try (Exec exec = target.open(Exec.withStdin(target.uid(), "cat"))) {
      exec.stdin(input).eof();
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.stdoutBytes().equals(input)).as("the same bytes").isTrue();
    }
  }

  @Test
  void tenMegabytesOut_come_withoutLoss() {
    Target target = running();

    try (Exec exec = target.exec("head", "-c", Integer.toString(OUTPUT_BYTES), "/dev/zero")) {
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.stdoutBytes().equals(ByteString.copyFrom(new byte[OUTPUT_BYTES])))
          .as("so many zeros")
          .isTrue();
    }
  }

  /** A caller that does not read holds up its own command, and nobody else's. */
  @Test
  void outputThatNobodyReads_waits_andComesWholeLater() {
    Target target = running();

    try (Exec slow =
        Exec.open(
            target.cluster(),
            Exec.command(target.uid(), "head", "-c", Integer.toString(OUTPUT_BYTES), "/dev/zero"),
            1)) {
      slow.awaitStdout("\0");
      try (Exec other = target.exec("echo", "meanwhile")) {
        assertThat(other.awaitExit()).isZero();
      }
      slow.take(Integer.MAX_VALUE);
      assertThat(slow.awaitExit()).isZero();
      assertThat(slow.stdoutBytes().size()).isEqualTo(OUTPUT_BYTES);
    }
  }

  @Test
  void inputThatNobodyReads_isHeldBack() {
    Target target = running();
    ByteString piece = ByteString.copyFrom(new byte[32 << 10]);

    try (Exec exec = target.open(Exec.withStdin(target.uid(), "sleep", "3600"))) {
      int[] sent = {0};
      Awaitility.await("the transport takes no more input")
          .atMost(adapter().patience())
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                while (exec.ready() && sent[0] < MORE_THAN_BUFFERS) {
                  exec.stdin(piece);
                  sent[0] += piece.size();
                }
                return !exec.ready();
              });
      assertThat(sent[0]).as("bytes taken").isLessThan(MORE_THAN_BUFFERS);
    }
  }

  @Test
  void terminal_hasOneStream_andASizeThatFollows() {
    Target target = running();

    try (Exec exec = target.open(Exec.terminal(target.uid(), "sh"))) {
      exec.resize(80, 24).type("stty size\n");
      exec.awaitStdout("24 80\r\n");
      exec.resize(132, 50).type("stty size\n");
      exec.awaitStdout("50 132\r\n");
      exec.type("echo err >&2\n");
      exec.awaitStdout("err\r\n");
      exec.type("exit 4\n");
      assertThat(exec.awaitExit()).isEqualTo(4);
      assertThat(exec.stderr()).isEmpty();
      assertThat(exec.stdout()).as("the terminal's echo").contains("stty size\r\n");
    }
  }

  @Test
  void terminal_interrupt_endsTheCommand_andNotTheShell() {
    Target target = running();

    try (Exec exec = target.open(Exec.terminal(target.uid(), "sh"))) {
      exec.type("echo begin; sleep 3600\n");
      exec.awaitStdout("begin\r\n");
      exec.type("\3");
      exec.type("echo st''ill here\n");
      exec.awaitStdout("still here\r\n");
      exec.type("\4");
      exec.awaitExit();
    }
  }

  @Test
  void cancelledCalls_makeRoomForOthers() {
    Target target = running();
    List<Exec> left = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Exec exec = target.exec("sh", "-c", "echo begin; sleep 3600");
      exec.awaitStdout("begin\n");
      left.add(exec);
    }

    left.forEach(Exec::cancel);

    try (Exec exec = target.exec("echo", "next")) {
      assertThat(exec.awaitExit()).isZero();
    }
  }

  @Test
  void command_endsWithItsInstance() {
    Target target = running();

    try (Exec exec = target.exec("sh", "-c", "echo begin; sleep 3600")) {
      exec.awaitStdout("begin\n");
      target.cluster().delete(target.uid(), 1, Duration.ZERO);
      assertThat(exec.awaitExit()).as("exit code of what was killed").isEqualTo(137);
    }
  }

  @Test
  void unknownInstanceOrContainer_isNotFound() {
    Target target = running();

    try (Exec exec = target.open(Exec.command(UUID.randomUUID().toString(), "true"))) {
      exec.assertFails(ErrorReason.ERROR_REASON_NOT_FOUND);
    }
    try (Exec exec = target.open(Exec.command(target.uid(), "true").setContainer("stowaway"))) {
      exec.assertFails(ErrorReason.ERROR_REASON_NOT_FOUND);
    }
    TestCluster other = newCluster();
    try (Exec exec = Exec.open(other, Exec.command(target.uid(), "true"))) {
      exec.assertFails(ErrorReason.ERROR_REASON_NOT_FOUND);
    }
  }

  @Test
  void containerThatHasEnded_isBusy() {
    needsExec();
    TestCluster cluster = newCluster();
    InstanceSpec spec =
        cluster
            .spec(
                needs(
                    adapter().endingByItself(cluster.pod().withRestartPolicy("Never"), 0),
                    "make a container end"))
            .build();
    cluster.created(spec);
    cluster.awaitPhase(spec.getUid(), io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_SUCCEEDED);

    try (Exec exec = Exec.open(cluster, Exec.command(spec.getUid(), "true"))) {
      exec.assertFails(ErrorReason.ERROR_REASON_BUSY);
    }
  }

  @Test
  void callWithoutStartOrCommand_isInvalid() {
    Target target = running();

    try (Exec exec = target.open(Exec.command(target.uid()))) {
      exec.assertFails(ErrorReason.ERROR_REASON_INVALID_SPEC);
    }
    try (Exec exec = Exec.unstarted(target.cluster()).type("echo\n")) {
      exec.assertFails(ErrorReason.ERROR_REASON_INVALID_SPEC);
    }
    try (Exec exec = Exec.unstarted(target.cluster()).halfClose()) {
      exec.assertFails(ErrorReason.ERROR_REASON_INVALID_SPEC);
    }
  }

  private void needsExec() {
    onlyIf(info().getCapabilities().getExec(), "the pool runs no commands");
  }

  private Target running() {
    needsExec();
    TestCluster cluster = newCluster();
    return new Target(cluster, cluster.running(cluster.spec().build()).getUid());
  }

  /** A container that runs. */
  private record Target(TestCluster cluster, String uid) {
    Exec exec(String... command) {
      return open(Exec.command(uid, command));
    }

    Exec open(ExecStart.Builder start) {
      return Exec.open(cluster, start);
    }
  }
}
