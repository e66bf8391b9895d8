package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.TestPod.pod;
import static io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_FAILED;
import static io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_PENDING;
import static io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_RUNNING;
import static io.viking.cloud.v1.InstancePhase.INSTANCE_PHASE_SUCCEEDED;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.Instance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final CloudHarness cloud = CloudHarness.instant();

  @Test
  void pod_inTheInstantCloud_runsAtOnce() {
    Instance answer = cloud.create(pod("a"));

    assertThat(answer.getPhase()).isEqualTo(INSTANCE_PHASE_PENDING);
    Instance instance = cloud.get("a");
    assertThat(instance.getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
    assertThat(instance.getAddressesList()).containsExactly("10.1.0.1");
    assertThat(instance.getInstanceType()).isEqualTo("1-2Gi");
    assertThat(instance.getStartTime()).isEqualTo(instance.getCreateTime());
    assertThat(cloud.main("a").getReady()).isTrue();
    assertThat(cloud.main("a").getContainerId()).startsWith("sim://eci-");
  }

  @Test
  void pod_inTheEciCloud_getsItsAddressThenItsImageThenRuns() {
    CloudHarness eci = CloudHarness.eci();
    eci.create(pod("a"));
    assertThat(eci.get("a").getAddressesList()).isEmpty();
    assertThat(eci.main("a").getWaiting().getReason()).isEqualTo("ContainerCreating");

    eci.pass(ofMillis(8500));
    assertThat(eci.get("a").getAddressesList()).hasSize(1);
    assertThat(eci.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_PENDING);

    eci.pass(ofMillis(9500));
    assertThat(eci.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
  }

  @Test
  void secondPull_ofAnImageInAZone_isQuicker() {
    CloudHarness eci = CloudHarness.eci();
    eci.create(pod("a"));
    eci.pass(ofSeconds(20));

    eci.create(pod("b"));
    eci.pass(ofMillis(8500 + 500 + 1500));

    assertThat(eci.get("b").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
  }

  @Test
  void jobPod_runsForFiveSeconds_andSucceeds() {
    cloud.create(pod("a").restart("Never"));
    cloud.pass(ofMillis(4999));
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);

    cloud.pass(ofMillis(1));

    Instance ended = cloud.get("a");
    assertThat(ended.getPhase()).isEqualTo(INSTANCE_PHASE_SUCCEEDED);
    assertThat(ended.getEndTime().getSeconds() - ended.getStartTime().getSeconds()).isEqualTo(5);
    ContainerTerminated exit = cloud.main("a").getTerminated();
    assertThat(exit.getExitCode()).isZero();
    assertThat(exit.getReason()).isEqualTo("Completed");
  }

  @Test
  void jobPod_withAnExitCode_failsWithoutAReason() {
    cloud.create(pod("a").restart("Never").sim("run-seconds", "0.5").sim("exit-code", "3"));
    cloud.pass(ofMillis(500));

    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
    assertThat(cloud.get("a").getReason()).isEmpty();
    assertThat(cloud.main("a").getTerminated().getExitCode()).isEqualTo(3);
    assertThat(cloud.main("a").getTerminated().getReason()).isEqualTo("Error");
  }

  @Test
  void onFailurePod_restartsAtOnce_thenBacksOffFrom10SecondsTo5Minutes() {
    cloud.create(pod("a").restart("OnFailure").sim("run-seconds", "1").sim("exit-code", "1"));
    cloud.pass(ofSeconds(1));
    assertThat(cloud.main("a").hasRunning()).as("first restart comes at once").isTrue();
    assertThat(cloud.main("a").getRestartCount()).isEqualTo(1);
    assertThat(cloud.main("a").getLastTermination().getExitCode()).isEqualTo(1);

    for (int pause : new int[] {10, 20, 40, 80, 160, 300, 300}) {
      cloud.pass(ofSeconds(1));
      ContainerStatus waiting = cloud.main("a");
      assertThat(waiting.getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
      assertThat(waiting.getWaiting().getMessage())
          .startsWith(
              "back-off "
                  + (pause < 60 ? pause + "s" : pause / 60 + "m" + pause % 60 + "s")
                  + " restarting failed container=main pod=web-a_shop(a)");
      assertThat(waiting.getReady()).isFalse();
      cloud.pass(ofSeconds(pause).minusMillis(1));
      assertThat(cloud.main("a").hasWaiting()).isTrue();
      cloud.pass(ofMillis(1));
      assertThat(cloud.main("a").hasRunning()).as("after %s s", pause).isTrue();
    }
    assertThat(cloud.main("a").getRestartCount()).isEqualTo(8);
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
  }

  @Test
  void containerThatRanForTenMinutes_isForgivenItsCrashes() {
    cloud.create(pod("a").sim("run-seconds", "600"));
    for (int i = 1; i <= 5; i++) {
      cloud.pass(ofSeconds(600));
      assertThat(cloud.main("a").hasRunning()).isTrue();
      assertThat(cloud.main("a").getRestartCount()).isEqualTo(i);
    }
  }

  @Test
  void runSecondsOfOneContainer_leavesTheOthersRunning() {
    cloud.create(
        pod("a")
            .restart("Never")
            .container("main", "{}")
            .container("side", "{}")
            .sim("run-seconds.main", "1")
            .sim("exit-code.main", "4")
            .sim("run-seconds", "9"));
    cloud.pass(ofSeconds(1));

    assertThat(cloud.main("a").getTerminated().getExitCode()).isEqualTo(4);
    assertThat(cloud.container("a", "side").hasRunning()).isTrue();
    cloud.pass(ofSeconds(8));
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
  }

  @Test
  void initContainers_runOneAfterTheOther_beforeTheApps() {
    cloud.create(pod("a").init("one", "{}").init("two", "{}").sim("init-seconds", "2"));
    assertThat(cloud.container("a", "one").hasRunning()).isTrue();
    assertThat(cloud.container("a", "two").getWaiting().getReason()).isEqualTo("PodInitializing");
    assertThat(cloud.main("a").getWaiting().getReason()).isEqualTo("PodInitializing");
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_PENDING);

    cloud.pass(ofSeconds(2));
    assertThat(cloud.container("a", "one").getReady()).isTrue();
    assertThat(cloud.container("a", "two").hasRunning()).isTrue();

    cloud.pass(ofSeconds(2));
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
    assertThat(cloud.main("a").hasRunning()).isTrue();
  }

  @Test
  void failedInitContainer_underNever_failsThePod() {
    cloud.create(pod("a").restart("Never").init("one", "{}").sim("exit-code.one", "2"));

    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
    assertThat(cloud.main("a").getWaiting().getReason()).isEqualTo("PodInitializing");
  }

  @Test
  void failedInitContainer_underAlways_isTriedAgain() {
    cloud.create(pod("a").init("one", "{}").sim("exit-code.one", "2"));

    assertThat(cloud.container("a", "one").getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_PENDING);
  }

  @Test
  void sidecar_holdsTheAppsUntilItHasStarted_andStopsAfterThem() {
    cloud.create(
        pod("a")
            .restart("Never")
            .init(
                "proxy",
                "{\"restartPolicy\":\"Always\",\"startupProbe\":{\"initialDelaySeconds\":3}}")
            .sim("stop-seconds", "2"));
    assertThat(cloud.container("a", "proxy").hasRunning()).isTrue();
    assertThat(cloud.container("a", "proxy").getStarted()).isFalse();
    assertThat(cloud.main("a").hasRunning()).isFalse();

    cloud.pass(ofSeconds(3));
    assertThat(cloud.container("a", "proxy").getStarted()).isTrue();
    assertThat(cloud.main("a").hasRunning()).isTrue();

    cloud.pass(ofSeconds(5));
    assertThat(cloud.main("a").hasTerminated()).isTrue();
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_RUNNING);
    cloud.pass(ofSeconds(2));
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_SUCCEEDED);
  }

  @Test
  void readinessProbe_passesAfterItsInitialDelay() {
    cloud.create(pod("a").container("main", "{\"readinessProbe\":{\"initialDelaySeconds\":4}}"));
    cloud.pass(ofMillis(3999));
    assertThat(cloud.main("a").getStarted()).isTrue();
    assertThat(cloud.main("a").getReady()).isFalse();

    cloud.changes.clear();
    cloud.pass(ofMillis(1));
    assertThat(cloud.main("a").getReady()).isTrue();
    assertThat(cloud.changes).as("it is told").hasSize(1);
  }

  @Test
  void missingImage_waitsInTheKubeletsWords_andIsRetriedForEver() {
    cloud.create(pod("a").image("registry.invalid/team/app:v1"));
    assertThat(cloud.main("a").getWaiting().getReason()).isEqualTo("ErrImagePull");

    cloud.pass(ofSeconds(2));
    assertThat(cloud.main("a").getWaiting().getReason()).isEqualTo("ImagePullBackOff");
    assertThat(cloud.main("a").getWaiting().getMessage())
        .startsWith("Back-off pulling image \"registry.invalid/team/app:v1\"");
    cloud.pass(ofSeconds(8));
    assertThat(cloud.main("a").getWaiting().getReason())
        .as("tried again")
        .isEqualTo("ErrImagePull");
    cloud.pass(Duration.ofDays(1));
    assertThat(cloud.get("a").getPhase()).isEqualTo(INSTANCE_PHASE_PENDING);
  }

  @Test
  void delete_stopsWithExitCode0_withinTheGrace() {
    cloud.create(pod("a").sim("stop-seconds", "3"));
    cloud.delete("a", 1, ofSeconds(30));
    assertThat(cloud.get("a").hasStopTime()).isTrue();
    assertThat(cloud.main("a").hasRunning()).isTrue();

    cloud.pass(ofSeconds(3));

    assertThat(cloud.find("a")).isEmpty();
    Instance last = cloud.deleted("a");
    assertThat(last.getPhase()).isEqualTo(INSTANCE_PHASE_SUCCEEDED);
    assertThat(last.hasEndTime()).isTrue();
    assertThat(last.getContainers(0).getTerminated().getExitCode()).isZero();
  }

  @Test
  void delete_ofWorkThatIsNotDone_fails() {
    cloud.create(pod("a").restart("Never").sim("run-seconds", "600"));
    cloud.delete("a", 1, ofSeconds(30));

    Instance last = cloud.deleted("a");
    assertThat(last.getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
    assertThat(last.getContainers(0).getTerminated().getExitCode()).isEqualTo(143);
  }

  @Test
  void delete_killsAtTheEndOfTheGrace() {
    cloud.create(pod("a").sim("stop-seconds", "60"));
    cloud.delete("a", 1, ofSeconds(10));
    cloud.pass(ofSeconds(10));

    Instance last = cloud.deleted("a");
    assertThat(last.getContainers(0).getTerminated().getExitCode()).isEqualTo(137);
    assertThat(last.getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
  }

  @Test
  void secondDelete_shortensTheGrace_andNeverLengthensIt() {
    cloud.create(pod("a").sim("stop-seconds", "60"));
    cloud.delete("a", 1, ofSeconds(30));
    cloud.delete("a", 1, ofSeconds(5));
    cloud.delete("a", 1, ofSeconds(50));
    cloud.pass(ofSeconds(5));

    assertThat(cloud.find("a")).isEmpty();
  }

  @Test
  void delete_withoutGrace_endsWithinTheCall() {
    cloud.create(pod("a").sim("stop-seconds", "60"));

    assertThat(cloud.delete("a", 1, Duration.ZERO)).isInstanceOf(DeleteOutcome.Stopping.class);

    assertThat(cloud.find("a")).isEmpty();
    assertThat(cloud.deleted("a").getContainers(0).getTerminated().getExitCode()).isEqualTo(137);
  }

  @Test
  void delete_whileItIsBeingCreated_leavesNothing() {
    CloudHarness eci = CloudHarness.eci();
    eci.create(pod("a"));
    eci.pass(ofSeconds(1));
    eci.delete("a", 1, ofSeconds(30));

    Instance last = eci.deleted("a");
    assertThat(last.getPhase()).isEqualTo(INSTANCE_PHASE_FAILED);
    assertThat(last.getReason()).isEqualTo("Deleted");
    assertThat(eci.cloud.usage("").live()).isZero();
    assertThat(eci.cloud.usage("").spentNanos()).isZero();
  }

  @Test
  void delete_stopsSidecarsLast_inReverseOrder() {
    cloud.create(
        pod("a")
            .init("first", "{\"restartPolicy\":\"Always\"}")
            .init("second", "{\"restartPolicy\":\"Always\"}")
            .sim("stop-seconds", "1"));
    cloud.delete("a", 1, ofSeconds(30));
    cloud.pass(ofSeconds(1));
    assertThat(cloud.main("a").hasTerminated()).isTrue();
    assertThat(cloud.container("a", "second").hasRunning()).isTrue();
    cloud.pass(ofSeconds(1));
    assertThat(cloud.container("a", "second").hasTerminated()).isTrue();
    assertThat(cloud.container("a", "first").hasRunning()).isTrue();
    cloud.pass(ofSeconds(1));
    assertThat(cloud.find("a")).isEmpty();
  }

  @Test
  void delete_ofACrashLoopingPod_endsAtOnce() {
    cloud.create(pod("a").sim("run-seconds", "0").sim("exit-code", "1"));
    assertThat(cloud.main("a").getWaiting().getReason()).isEqualTo("CrashLoopBackOff");

    cloud.delete("a", 1, ofSeconds(30));

    assertThat(cloud.deleted("a").getContainers(0).getTerminated().getExitCode()).isEqualTo(1);
  }
}
