package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.ended;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrphanTest {
  private static Lives orphan() {
    return new Lives().hears(new PodInput.InstanceSeen(run(1)));
  }

  @Test
  void instanceWithoutAPod_isLookedUp_afterAGrace_andReleasedByTheGuardOnly() {
    Lives orphan = orphan();
    assertThat(orphan.wants()).isEmpty();
    assertThat(orphan.after(Duration.ofSeconds(31)).wants()).containsExactly(Work.LOOK_UP);

    orphan.hears(new PodInput.Released());
    assertThat(orphan.state()).as("not looked up yet").isInstanceOf(PodState.Suspect.class);

    orphan.hears(new PodInput.LookedUpAbsent());
    assertThat(orphan.wants()).isEmpty();
    assertThat(orphan.hears(new PodInput.Released()).wants()).containsExactly(Work.DELETE);
    assertThat(orphan.machine().stopGrace(orphan.now())).isZero();

    orphan.hears(new PodInput.Started(Work.DELETE)).hears(new PodInput.DeleteAccepted());
    assertThat(orphan.hears(new PodInput.InstanceRemoved(ended(1, 137, orphan.now()))).state())
        .isInstanceOf(PodState.Gone.class);
  }

  @Test
  void approval_counts_evenBeforeTheLookUp() {
    Lives orphan = orphan().hears(new PodInput.Approved()).after(Duration.ofSeconds(31));
    assertThat(orphan.machine().isSuspect()).isFalse();
    assertThat(orphan.wants()).containsExactly(Work.LOOK_UP);
    assertThat(orphan.hears(new PodInput.LookedUpAbsent()).wants()).containsExactly(Work.DELETE);
  }

  @Test
  void podThatIsFoundAfterAll_keepsItsInstance() {
    Lives orphan = orphan().after(Duration.ofSeconds(31)).hears(seen(pod()));
    assertThat(orphan.state()).isInstanceOf(PodState.Running.class);
  }

  @Test
  void podOnAForeignNode_keepsItsInstance_andIsDoubtedAgainAtTheResync() {
    Lives orphan =
        orphan().after(Duration.ofSeconds(31)).hears(new PodInput.PodSeen(pod(), false, ""));
    assertThat(orphan.state()).isInstanceOf(PodState.Settled.class);
    assertThat(orphan.hears(new PodInput.Resync()).state()).isInstanceOf(PodState.Suspect.class);
  }

  @Test
  void failedLookUp_isRepeated_andDeletesNothing() {
    Lives orphan = orphan().after(Duration.ofSeconds(31));
    orphan.hears(new PodInput.LookUpFailed(Optional.of(Duration.ofSeconds(10))));
    assertThat(orphan.after(Duration.ofSeconds(9)).wants()).isEmpty();
    assertThat(orphan.after(Duration.ofSeconds(1)).wants()).containsExactly(Work.LOOK_UP);
  }

  @Test
  void forceDeletedPod_isLookedUpSoon() {
    Lives pod = Lives.running().hears(new PodInput.PodGone(false));
    assertThat(pod.after(Duration.ofSeconds(3)).wants()).containsExactly(Work.LOOK_UP);
  }

  @Test
  void podWhoseDeletionWasWitnessed_isNoSuspectOfALostBackup_andGoesAfterItsLookUp() {
    Lives pod = Lives.running().hears(new PodInput.PodGone(true)).after(Duration.ofSeconds(3));
    assertThat(pod.machine().isSuspect()).isFalse();
    assertThat(pod.wants()).containsExactly(Work.LOOK_UP);
    assertThat(pod.hears(new PodInput.LookedUpAbsent()).wants()).containsExactly(Work.DELETE);
  }

  @Test
  void podThatALaterListIsWithout_isHeldByTheGuard() {
    Lives pod = Lives.running().hears(new PodInput.PodGone(false)).after(Duration.ofSeconds(3));
    assertThat(pod.machine().isSuspect()).isTrue();
    assertThat(pod.hears(new PodInput.LookedUpAbsent()).wants()).isEmpty();
  }

  @Test
  void forceDeletedWhileStopping_isKilledAtOnce() {
    Lives pod = Lives.running();
    pod.hears(seen(Lives.deleted(pod(), pod.now().plusSeconds(30), 30)))
        .hears(new PodInput.Started(Work.DELETE))
        .hears(new PodInput.DeleteAccepted())
        .hears(new PodInput.PodGone(false));
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.machine().stopGrace(pod.now())).isZero();
  }

  @Test
  void forceDeletedWhileItsCreateIsOnItsWay_isNotForgotten() {
    Lives pod =
        Lives.bound()
            .hears(Lives.resolved())
            .hears(new PodInput.Started(Work.CREATE))
            .hears(new PodInput.PodGone(false));
    assertThat(pod.state()).isInstanceOf(PodState.Suspect.class);
    pod.after(Duration.ofSeconds(3))
        .hears(new PodInput.LookedUpAbsent())
        .hears(new PodInput.Released());
    assertThat(pod.wants()).containsExactly(Work.DELETE);
    assertThat(pod.hears(new PodInput.DeleteAbsent()).state()).isInstanceOf(PodState.Gone.class);
  }

  @Test
  void finishedPodThatIsGone_losesItsKeptInstanceAtOnce() {
    Lives pod =
        Lives.running()
            .hears(new PodInput.InstanceSeen(ended(1, 0, Lives.START)))
            .hears(seen(Lives.phase(pod(), "Succeeded")));
    assertThat(pod.wants()).doesNotContain(Work.DELETE);
    assertThat(pod.hears(new PodInput.PodGone(false)).wants()).containsExactly(Work.DELETE);
  }
}
