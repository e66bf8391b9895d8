package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.syncer.testing.SlowChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a connection may stand, in virtual time. */
class ConnectionGuardTest {
  private static final Duration REQUEST = Duration.ofSeconds(90);
  private static final Duration STALL = Duration.ofMinutes(10);
  private static final Duration IDLE = Duration.ofHours(4);

  /** A look comes four times within the shortest limit. */
  private static final Duration LOOK = REQUEST.dividedBy(4).plusSeconds(1);

  private final SlowChannel caller = new SlowChannel();
  private final ConnectionGuard guard =
      new ConnectionGuard(new ConnectionLimits(REQUEST, STALL, IDLE), caller::nanoTime);

  ConnectionGuardTest() {
    caller.pipeline().addLast(guard);
    caller.pipeline().fireChannelActive();
  }

  @Test
  void noRequest_isClosed() {
    caller.pass(REQUEST.minusSeconds(1));
    assertThat(caller.isOpen()).isTrue();

    caller.pass(LOOK);
    assertThat(caller.isOpen()).isFalse();
  }

  @Test
  void tailOfAnAnswer_readSlowly_arrivesWhole() {
    guard.answers();
    caller.send(200_000);
    guard.awaitsRequest();

    for (int piece = 0; piece < 200; piece++) {
      caller.pass(Duration.ofMinutes(5));
      assertThat(caller.isOpen()).as("after %d pieces of 1,000 bytes", piece).isTrue();
      caller.take(1_000);
    }
    assertThat(caller.waiting()).isZero();
  }

  @Test
  void tailOfAnAnswer_taken_leavesTimeForTheNextRequest() {
    guard.answers();
    caller.send(1_000);
    guard.awaitsRequest();
    caller.pass(Duration.ofMinutes(9));
    caller.take(1_000);

    caller.pass(REQUEST.minusSeconds(1));
    assertThat(caller.isOpen()).isTrue();

    caller.pass(LOOK.multipliedBy(2));
    assertThat(caller.isOpen()).isFalse();
  }

  @Test
  void tailOfAnAnswer_notRead_isCutOff() {
    guard.answers();
    caller.send(1_000);
    guard.awaitsRequest();

    caller.pass(STALL.minusSeconds(1));
    assertThat(caller.isOpen()).isTrue();

    // One look that sees it first, and one that sees it still there.
    caller.pass(LOOK.multipliedBy(2));
    assertThat(caller.isOpen()).isFalse();
  }

  @Test
  void backlog_thatOnlyGrows_isNoProgress() {
    guard.upgraded();
    for (int minute = 0; minute < 11; minute++) {
      caller.send(100);
      caller.pass(Duration.ofMinutes(1));
    }

    assertThat(caller.isOpen()).isFalse();
  }

  @Test
  void stall_countsFromWhenSomethingWaits() {
    guard.upgraded();
    caller.pass(IDLE.dividedBy(2));
    caller.send(100);
    caller.pass(STALL.minusSeconds(1));

    assertThat(caller.isOpen()).isTrue();
  }

  @Test
  void upgraded_withoutAByte_isClosedOnceIdle() {
    guard.upgraded();
    caller.pass(IDLE.minusSeconds(1));
    assertThat(caller.isOpen()).isTrue();

    caller.pass(LOOK);
    assertThat(caller.isOpen()).isFalse();
  }

  @Test
  void upgraded_whoseBacklogIsRead_isNotIdle() {
    guard.upgraded();
    caller.send(10_000);
    for (int piece = 0; piece < 40; piece++) {
      caller.pass(Duration.ofMinutes(9));
      caller.take(100);
    }

    assertThat(caller.isOpen()).isTrue();
  }
}
