package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.failedToStart;
import static io.viking.syncer.pods.lifecycle.Lives.pending;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.refused;
import static io.viking.syncer.pods.lifecycle.Lives.resolved;
import static io.viking.syncer.pods.lifecycle.Lives.run;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreationTest {
  @Test
  void boundPod_isResolved_thenAskedFor_thenRuns() {
    Lives pod = Lives.bound();
    assertThat(pod.wants()).containsExactly(Work.RESOLVE);

    pod.hears(resolved());
    assertThat(pod.wants()).containsExactly(Work.CREATE);
    assertThat(pod.machine().createCall()).map(InstanceSpec::getAttempt).contains(1);

    pod.hears(new PodInput.Started(Work.CREATE)).hears(new PodInput.Created(pending(1), true));
    assertThat(pod.state()).isInstanceOf(PodState.Running.class);
    assertThat(pod.wants()).as("what passes by itself is not written").isEmpty();

    pod.hears(new PodInput.InstanceSeen(run(1)));
    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch()).contains("\"phase\":\"Running\"", "\"uid\":\"uid-1\"");
    assertThat(pod.tells).extracting(Tell::reason).containsExactly("Created", "Started");
  }

  @Test
  void worldNotKnown_nothingIsWanted() {
    Lives pod = new Lives().inWorld(new World(false, true)).hears(seen(pod()));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.inWorld(new World(true, true)).wants()).containsExactly(Work.RESOLVE);
  }

  @Test
  void instanceThatIsThere_isAdopted_withoutACall() {
    Lives pod =
        new Lives()
            .inWorld(new World(false, true))
            .hears(seen(pod()))
            .hears(new PodInput.InstanceSeen(pending(3)))
            .inWorld(new World(true, true));
    assertThat(pod.state()).isInstanceOf(PodState.Running.class);
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.tells).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR_REASON_OUT_OF_STOCK,       NoStock,              NoStock,      7",
    "ERROR_REASON_ADDRESSES_EXHAUSTED,ResourceInsufficient, ResourceInsufficient, 7",
    "ERROR_REASON_SPOT_PRICE_TOO_LOW, SpotPriceTooLow,      SpotPriceTooLow, 7",
    "ERROR_REASON_QUOTA_EXCEEDED,     QuotaFull,            QuotaFull,    20",
    "ERROR_REASON_ACCOUNT,            AccountRefused,       FailedCreate, 20",
    "ERROR_REASON_INVALID_SPEC,       InvalidSpec,          FailedCreate, 800",
    "ERROR_REASON_UNSUPPORTED,        Unsupported,          FailedCreate, 800",
    "ERROR_REASON_FOREIGN,            Foreign,              FailedCreate, 800",
  })
  void refusal_isTold_andAskedAgainLater(
      ErrorReason reason, String condition, String event, long withinSeconds) {
    Lives pod = Lives.bound().hears(resolved()).hears(refused(reason));

    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch())
        .contains("\"ContainerInstanceCreated\"", "\"False\"", "\"" + condition + "\"")
        .doesNotContain("\"phase\"");
    assertThat(pod.tells).extracting(Tell::reason).containsExactly(event);
    assertThat(pod.tells).allMatch(Tell::warning);
    assertThat(pod.after(Duration.ofSeconds(withinSeconds)).wants()).contains(Work.RESOLVE);
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR_REASON_OUT_OF_STOCK,   NoStock",
    "ERROR_REASON_QUOTA_EXCEEDED, QuotaFull",
    "ERROR_REASON_INVALID_SPEC,   InvalidSpec",
  })
  void refusal_ofAPodThatRatherFails_failsIt(ErrorReason reason, String condition) {
    Lives pod = rather("fail-fast").hears(resolved()).hears(refused(reason));

    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch())
        .contains("\"phase\":\"Failed\"", "\"ProviderFailed\"", condition + ": no: " + reason)
        .contains("\"ContainerInstanceCreated\"", "\"" + condition + "\"");
  }

  @Test
  void refusal_ofAPodThatRatherWaits_leavesItPending() {
    Lives pod =
        rather("fail-over").hears(resolved()).hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));
    assertThat(pod.patch()).doesNotContain("\"phase\"");
  }

  @Test
  void outage_failsNobody() {
    Lives pod = rather("fail-fast").hears(resolved());
    for (int i = 0; i < 5; i++) {
      pod.after(Duration.ofSeconds(40)).hears(refused(ErrorReason.ERROR_REASON_UNAVAILABLE));
    }
    assertThat(pod.patch()).contains("\"UnknownError\"").doesNotContain("\"Failed\"");
  }

  private static Lives rather(String strategy) {
    var pod = pod();
    pod.getMetadata().setAnnotations(Map.of("k8s.aliyun.com/eci-fail-strategy", strategy));
    return new Lives().hears(seen(pod));
  }

  @Test
  void imageThatDoesNotExist_isTheContainersWaitingReason() {
    Lives pod =
        Lives.bound().hears(resolved()).hears(refused(ErrorReason.ERROR_REASON_IMAGE_NOT_FOUND));
    assertThat(pod.patch()).contains("\"ErrImagePull\"");
    assertThat(pod.tells).extracting(Tell::reason).containsExactly("Failed");
  }

  @Test
  void refusals_backOffFurtherEachTime_butAChangeOfThePodEndsThePause() {
    Lives pod = Lives.bound();
    for (int i = 0; i < 3; i++) {
      pod.hears(resolved())
          .hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK))
          .after(Duration.ofMinutes(1));
    }
    pod.hears(resolved()).hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));
    assertThat(pod.after(Duration.ofSeconds(30)).wants()).doesNotContain(Work.RESOLVE);

    var changed = pod();
    changed.getMetadata().setAnnotations(Map.of("k8s.aliyun.com/eci-use-specs", "2-4Gi"));
    assertThat(pod.hears(seen(changed)).wants()).contains(Work.RESOLVE);
  }

  @Test
  void throttled_isWantedStill_forThePaceOfAllDecides() {
    Lives pod = Lives.bound().hears(resolved()).hears(refused(ErrorReason.ERROR_REASON_THROTTLED));
    assertThat(pod.wants()).containsExactly(Work.CREATE);
    assertThat(pod.tells).isEmpty();
  }

  @Test
  void unknownOutcome_isRepeatedWithTheSameAttempt() {
    Lives pod =
        Lives.bound()
            .hears(resolved())
            .hears(new PodInput.Started(Work.CREATE))
            .hears(refused(ErrorReason.ERROR_REASON_UNAVAILABLE));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.after(Duration.ofSeconds(2)).wants()).containsExactly(Work.CREATE);
    assertThat(pod.machine().createCall()).map(InstanceSpec::getAttempt).contains(1);
  }

  @Test
  void unknownOutcome_thatLasts_isTold_andResolvedAnewWhenStale() {
    Lives pod = Lives.bound().hears(resolved());
    for (int i = 0; i < 4; i++) {
      pod.hears(refused(ErrorReason.ERROR_REASON_INTERNAL)).after(Duration.ofSeconds(40));
    }
    assertThat(pod.tells).extracting(Tell::reason).containsExactly("FailedCreate");
    pod.hears(refused(ErrorReason.ERROR_REASON_INTERNAL));
    assertThat(pod.after(Duration.ofMinutes(15)).wants())
        .as("tokens among the files have grown old")
        .contains(Work.RESOLVE);
  }

  @Test
  void spentAttempt_isLookedFor_beforeTheNext() {
    Lives pod =
        Lives.bound()
            .hears(resolved())
            .hears(
                new PodInput.CreateFailed(
                    CloudFailure.of(ErrorReason.ERROR_REASON_ATTEMPT_SPENT, "spent")
                        .with("next_attempt", "4")));
    assertThat(pod.wants()).containsExactly(Work.FIND);

    pod.hears(new PodInput.Found(Optional.empty()));
    assertThat(pod.wants()).containsExactly(Work.CREATE);
    assertThat(pod.machine().createCall()).map(InstanceSpec::getAttempt).contains(4);
  }

  @Test
  void spentAttempt_whoseInstanceRanUnseen_isReported_neverRepeated() {
    Lives pod =
        Lives.bound()
            .hears(resolved())
            .hears(
                new PodInput.CreateFailed(
                    CloudFailure.of(ErrorReason.ERROR_REASON_ATTEMPT_SPENT, "spent")
                        .with("next_attempt", "2")))
            .hears(new PodInput.Found(Optional.of(Lives.ended(1, 0, Lives.START))));
    assertThat(pod.wants()).containsExactly(Work.STATUS);
    assertThat(pod.patch()).contains("\"Succeeded\"");
  }

  @Test
  void spentForEver_failsThePod() {
    Lives pod =
        Lives.bound()
            .hears(resolved())
            .hears(refused(ErrorReason.ERROR_REASON_ATTEMPT_SPENT))
            .hears(new PodInput.Found(Optional.empty()));
    assertThat(pod.state()).isInstanceOf(PodState.Lost.class);
    assertThat(pod.patch()).contains("\"Failed\"");
  }

  @Test
  void instanceThatFailsToStart_isFollowedByTheNextAttempt_afterAPause() {
    Lives pod = Lives.created().hears(new PodInput.InstanceSeen(failedToStart(1)));
    assertThat(pod.patch()).contains("\"StartFailed\"");
    assertThat(pod.wants()).containsExactly(Work.STATUS);

    pod.after(Duration.ofSeconds(7)).hears(resolved());
    assertThat(pod.machine().createCall()).map(InstanceSpec::getAttempt).contains(2);
  }

  @Test
  void instanceThatTheListDoesNotHave_butOnlyAnAnswerTold_isLookedFor() {
    Lives pod = Lives.created().hears(new PodInput.InstanceUnlisted());
    assertThat(pod.wants()).containsExactly(Work.FIND);
    pod.hears(new PodInput.Found(Optional.of(pending(1))));
    assertThat(pod.state()).isInstanceOf(PodState.Running.class);
  }

  @Test
  void instanceThatOnlyAnAnswerTold_isLookedForAtTheResync_sinceItMayHaveGoneBefore() {
    Lives pod = Lives.created().hears(new PodInput.Resync());
    assertThat(pod.wants()).containsExactly(Work.FIND);
    pod.hears(new PodInput.Found(Optional.empty()));
    pod.after(Duration.ofSeconds(7)).hears(resolved());
    assertThat(pod.machine().createCall()).map(InstanceSpec::getAttempt).contains(2);
  }

  @Test
  void instanceThatTheStreamTold_isNotLookedForAtTheResync() {
    Lives pod =
        Lives.created().hears(new PodInput.InstanceSeen(run(1))).hears(new PodInput.Resync());
    assertThat(pod.wants()).doesNotContain(Work.FIND);
  }

  @Test
  void missingConfigMap_isTheContainersWaitingReason_andIsTriedAgain() {
    Lives pod =
        Lives.bound()
            .hears(
                new PodInput.Resolved(
                    new Resolution.Waiting(
                        "main", "CreateContainerConfigError", "configmap \"c\" not found")));
    assertThat(pod.patch()).contains("CreateContainerConfigError", "configmap \\\"c\\\" not found");
    assertThat(pod.tells)
        .containsExactly(Tell.warning("Failed", "Error: configmap \"c\" not found"));
    assertThat(pod.after(Duration.ofSeconds(2)).wants()).contains(Work.RESOLVE);
  }

  @Test
  void malformedAnnotation_keepsThePodPending_withTheReason() {
    Lives pod =
        Lives.bound()
            .hears(
                new PodInput.Resolved(new Resolution.Refused("InvalidAnnotation", "no such size")));
    assertThat(pod.patch()).contains("InvalidAnnotation").doesNotContain("\"phase\"");
    assertThat(pod.tells).containsExactly(Tell.warning("FailedCreate", "no such size"));
  }

  @Test
  void conditionOfARefusal_isTakenBack_onceThereIsAnInstance() {
    Lives pod =
        Lives.bound().hears(resolved()).hears(refused(ErrorReason.ERROR_REASON_OUT_OF_STOCK));
    var told = pod();
    told.getStatus()
        .addConditionsItem(
            new io.kubernetes.client.openapi.models.V1PodCondition()
                .type("ContainerInstanceCreated")
                .status("False")
                .reason("NoStock"));
    pod.hears(seen(told)).hears(new PodInput.InstanceSeen(run(1)));
    assertThat(pod.patch()).contains("\"type\":\"ContainerInstanceCreated\",\"status\":\"True\"");
  }

  @Test
  void answersThatComeTwice_changeNothing() {
    Lives pod = Lives.bound().hears(resolved()).hears(resolved());
    assertThat(pod.wants()).containsExactly(Work.CREATE);
    pod.hears(new PodInput.Created(pending(1), true)).hears(new PodInput.Created(pending(1), true));
    assertThat(pod.tells).hasSize(1);
    assertThat(pod.hears(resolved()).state()).isInstanceOf(PodState.Running.class);
  }

  @Test
  void pendingInstance_withSomethingToTell_isToldSoon_otherwiseLate() {
    Lives quiet = Lives.created();
    assertThat(quiet.after(Duration.ofSeconds(20)).wants()).isEmpty();
    assertThat(quiet.after(Duration.ofSeconds(20)).wants()).containsExactly(Work.STATUS);

    var pulling = pending(1).toBuilder().setRevision(11);
    pulling.getContainersBuilder(0).getWaitingBuilder().setReason("ErrImagePull").setMessage("no");
    Lives notable = Lives.created().hears(new PodInput.InstanceSeen(pulling.build()));
    assertThat(notable.wants()).isEmpty();
    assertThat(notable.after(Duration.ofSeconds(3)).wants()).containsExactly(Work.STATUS);
  }

  @Test
  void warningsOfTheResolver_areToldAsEvents() {
    Lives pod =
        Lives.bound()
            .hears(
                new PodInput.Resolved(
                    new Resolution.Resolved(
                        InstanceSpec.getDefaultInstance(),
                        List.of(
                            new Resolution.Warning("InvalidEnvironmentVariableNames", "a-b")))));
    assertThat(pod.tells).containsExactly(Tell.warning("InvalidEnvironmentVariableNames", "a-b"));
  }
}
