package io.viking.kube.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who holds and who obeys, over one Lease. */
class PauseTest {
  private static final Set<String> ROLE = Set.of("scheduler");

  private final LeaseServer server = new LeaseServer();
  private final HandClock clock = new HandClock();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicBoolean refuses = new AtomicBoolean();
  private final PauseFollower follower =
      new PauseFollower(server.cache(), server, "scheduler", new Part(), clock);

  private final class Part implements Pausable {
    @Override
    public void pause(String holder) {
      if (refuses.get()) {
        throw new IllegalStateException("not now");
      }
      heard.add("paused by " + holder);
    }

    @Override
    public void resume() {
      heard.add("resumed");
    }
  }

  @BeforeEach
  void follow() {
    follower.start();
  }

  @AfterEach
  void close() {
    follower.close();
  }

  @Test
  void hold_pausesAndIsAcknowledged_andItsEndResumes() throws InterruptedException {
    try (PauseHold hold = PauseHold.acquire(server, "the test", clock)) {
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
      assertThat(heard).containsExactly("paused by the test");
      assertThat(follower.pausedBy()).contains("the test");
    }
    await().until(() -> heard.equals(List.of("paused by the test", "resumed")));
    await().until(() -> follower.pausedBy().isEmpty());
    assertThat(server.lease()).isEmpty();
  }

  @Test
  void hold_thatIsNotRenewed_endsByItself() {
    server.create(
        ResourceType.LEASES,
        PauseLease.NAMESPACE,
        PauseLease.begun("a dead process", clock.instant()));
    await().until(() -> heard.contains("paused by a dead process"));
    clock.advance(PauseLease.LASTS);
    await().until(() -> heard.contains("resumed"));
  }

  @Test
  void hold_thatIsRenewed_lasts() throws InterruptedException {
    try (PauseHold hold = PauseHold.acquire(server, "the test", clock)) {
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
      String uid = server.lease().orElseThrow().uid();
      for (int renewed = 0; renewed < 3; renewed++) {
        clock.advance(PauseLease.LASTS.minusSeconds(1));
        server.patch(
            ResourceType.LEASES,
            PauseLease.NAMESPACE,
            PauseLease.NAME,
            "",
            PatchFormat.MERGE,
            PauseLease.renewalPatch(uid, clock.instant()));
      }
      assertThat(follower.pausedBy()).contains("the test");
    }
    await().until(() -> heard.equals(List.of("paused by the test", "resumed")));
  }

  @Test
  void part_thatFailsToHoldStill_isNotAcknowledged_andTriedAgain() throws InterruptedException {
    refuses.set(true);
    try (PauseHold hold = PauseHold.acquire(server, "the test", clock)) {
      assertThat(hold.awaitPaused(ROLE, Duration.ZERO)).containsExactly("scheduler");
      refuses.set(false);
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
    }
  }

  @Test
  void acknowledgement_thatIsRefused_isSentAgain() throws InterruptedException {
    server.refusePatches(1);
    try (PauseHold hold = PauseHold.acquire(server, "the test", clock)) {
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
      assertThat(heard).containsExactly("paused by the test");
    }
  }

  @Test
  void roleThatNobodyHas_isNamed() throws InterruptedException {
    try (PauseHold hold = PauseHold.acquire(server, "the test", clock)) {
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
      assertThat(hold.awaitPaused(Set.of("scheduler", "syncer"), Duration.ZERO))
          .containsExactly("syncer");
    }
  }

  @Test
  void acquire_whileAnotherRenews_isRefused_namingIt() throws InterruptedException {
    try (PauseHold hold = PauseHold.acquire(server, "the first", clock)) {
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
      String uid = server.lease().orElseThrow().uid();
      var second =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return PauseHold.acquire(server, "the second", clock);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      await()
          .until(
              () -> {
                clock.advance(Duration.ofMillis(10));
                server.patch(
                    ResourceType.LEASES,
                    PauseLease.NAMESPACE,
                    PauseLease.NAME,
                    "",
                    PatchFormat.MERGE,
                    PauseLease.renewalPatch(uid, clock.instant()));
                return second.isDone();
              });
      assertThatThrownBy(() -> second.get(1, TimeUnit.SECONDS))
          .hasMessageContaining("held still by the first already")
          .hasMessageContaining("kube-system/viking-pause");
    }
  }

  @Test
  void acquire_afterADeadHolder_takesItsPlace() throws InterruptedException {
    server.create(
        ResourceType.LEASES,
        PauseLease.NAMESPACE,
        PauseLease.begun("a dead process", clock.instant()));
    var acquired =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return PauseHold.acquire(server, "the next", clock);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return acquired.isDone();
            });
    try (PauseHold hold = acquired.join()) {
      assertThat(server.lease().orElseThrow().holder()).isEqualTo("the next");
      assertThat(hold.awaitPaused(ROLE, Duration.ofSeconds(30))).isEmpty();
    }
  }
}
