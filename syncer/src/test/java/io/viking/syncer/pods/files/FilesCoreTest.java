package io.viking.syncer.pods.files;

import static io.viking.syncer.pods.files.TestPods.LOGIN;
import static io.viking.syncer.pods.files.TestPods.SETTINGS;
import static io.viking.syncer.pods.files.TestPods.facts;
import static io.viking.syncer.pods.files.TestPods.mounting;
import static io.viking.syncer.pods.files.TestPods.showingLabels;
import static io.viking.syncer.pods.files.TestPods.token;
import static io.viking.syncer.pods.files.TestPods.uid;
import static io.viking.syncer.pods.files.TestPods.withToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.kube.loop.Step;
import io.viking.syncer.pods.files.FilesEvent.Outcome;
import io.viking.syncer.pods.files.FilesEvent.Sight;
import io.viking.syncer.pods.files.FilesEvent.Version;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesCoreTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<String> results = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private int stale;
  private Instant now = START;
  private FilesCore core = core(true);
  private final PriorityQueue<Step.Timer<FilesEvent>> timers =
      new PriorityQueue<>((a, b) -> a.at().compareTo(b.at()));

  @Test
  void changedConfigMap_isBroughtToWhoMountsIt_andToNobodyElse() {
    running(mounting("a"), facts("conf", 1));
    running(showingLabels("b", "{}"), facts("info", 1));

    FilesEffect.Update update = onlyUpdate(step(changed(SETTINGS, "2")));

    assertThat(update.items())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.uid()).isEqualTo(uid("a"));
              assertThat(item.pod().getMetadata().getUid()).isEqualTo(uid("a"));
              assertThat(item.has().digests()).isEqualTo(facts("conf", 1).digests());
              assertThat(item.has().tokensDue()).isFalse();
            });
    assertThat(stale).isEqualTo(1);
    now = now.plusMillis(200);
    assertThat(answer(update, done(facts("conf", 2)))).isEmpty();
    assertThat(delays).containsExactly(Duration.ofMillis(200));
    assertThat(results).containsExactly("done");
    assertThat(stale).isZero();
  }

  @Test
  void changedSecret_ofAVariable_neverReachesARunningInstance() {
    running(mounting("a"), facts("conf", 1));

    assertThat(step(changed(LOGIN, "2"))).isEmpty();
  }

  @Test
  void changeDuringALook_isLookedAtAfterIt_andNeverBeside() {
    running(mounting("a"), facts("conf", 1));
    FilesEffect.Update first = onlyUpdate(step(changed(SETTINGS, "2")));

    assertThat(step(changed(SETTINGS, "3"))).isEmpty();
    assertThat(step(changed(SETTINGS, "4"))).isEmpty();
    FilesEffect.Update second = onlyUpdate(answer(first, done(facts("conf", 2))));

    assertThat(second.items().getFirst().has().digests()).isEqualTo(facts("conf", 2).digests());
    assertThat(answer(second, done(facts("conf", 4)))).isEmpty();
  }

  @Test
  void sameVersionAgain_isNoChange() {
    running(mounting("a"), facts("conf", 1));
    answer(onlyUpdate(step(changed(SETTINGS, "2"))), done(facts("conf", 2)));

    assertThat(step(changed(SETTINGS, "2"))).isEmpty();
  }

  @Test
  void manyPods_goInBatches_asManyAtOnceAsMayBe() {
    for (int i = 0; i < 500; i++) {
      running(mounting("p" + i), facts("conf", 1));
    }

    List<FilesEffect> effects = new ArrayList<>(step(changed(SETTINGS, "2")));
    assertThat(effects).hasSize(FilesConfig.DEFAULT.updateWidth());
    int items = 0;
    int calls = 0;
    while (!effects.isEmpty()) {
      FilesEffect.Update update = (FilesEffect.Update) effects.removeFirst();
      calls++;
      items += update.items().size();
      effects.addAll(answer(update, done(facts("conf", 2))));
    }
    assertThat(items).isEqualTo(500);
    assertThat(calls).isEqualTo(5);
  }

  @Test
  void immutableConfigMap_isNotFollowed() {
    running(
        mounting("a"),
        new FileFacts(facts("conf", 1).digests(), Optional.empty(), Set.of(SETTINGS)));

    assertThat(step(changed(SETTINGS, "2"))).isEmpty();
  }

  @Test
  void changeBeforeTheInstanceIsThere_isLookedAtOnceItIs() {
    step(seen(mounting("a")), new FilesEvent.Prepared(uid("a"), facts("conf", 1)));
    step(changed(SETTINGS, "2"));

    FilesEffect.Update update = onlyUpdate(step(new FilesEvent.Created(uid("a"))));

    assertThat(update.items().getFirst().has().digests()).isEqualTo(facts("conf", 1).digests());
  }

  @Test
  void followerIsFaster_thanTheAnswerOfTheCreate_nothingIsSentAgain() {
    step(seen(mounting("a")), new FilesEvent.Prepared(uid("a"), facts("conf", 1)));
    step(new FilesEvent.InstanceSeen(new Sight(uid("a"), true, Optional.empty())));
    step(new FilesEvent.Created(uid("a")));

    assertThat(until(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void whatAPodWaitsFor_nudgesIt() {
    step(seen(mounting("a")));

    assertThat(step(changed(LOGIN, "1"))).containsExactly(new FilesEffect.Nudge(List.of(uid("a"))));
    assertThat(step(changed(SETTINGS, "1")))
        .containsExactly(new FilesEffect.Nudge(List.of(uid("a"))));
    assertThat(step(changed(Reference.configMap("other", "settings"), "1"))).isEmpty();
  }

  @Test
  void whatAppearedWhileTheWatchWasDown_nudges() {
    step(seen(mounting("a")));

    assertThat(
            step(
                new FilesEvent.Listing(Reference.Kind.SECRET),
                new FilesEvent.Present(List.of(new Version(LOGIN, "7"))),
                new FilesEvent.Listed(Reference.Kind.SECRET)))
        .containsExactly(new FilesEffect.Nudge(List.of(uid("a"))));
  }

  @Test
  void whatChangedOrWentWhileTheWatchWasDown_isLookedAt() {
    running(mounting("a"), facts("conf", 1));
    answer(onlyUpdate(step(changed(SETTINGS, "2"))), done(facts("conf", 2)));

    FilesEffect.Update changed = onlyUpdate(list(new Version(SETTINGS, "3")));
    answer(changed, done(facts("conf", 3)));
    assertThat(list(new Version(SETTINGS, "3"))).isEmpty();
    onlyUpdate(list());
  }

  @Test
  void deletedConfigMap_isTold_theOldContentStays_andItGoesOnWhenItIsBack() {
    running(mounting("a"), facts("conf", 1));
    FilesEffect.Update look = onlyUpdate(step(new FilesEvent.Deleted(SETTINGS)));

    assertThat(answer(look, missing("configmap \"settings\" not found")))
        .singleElement()
        .isEqualTo(
            new FilesEffect.TellUser(
                new PodRef("shop", "a", uid("a")),
                new Tell(true, "FailedMount", "configmap \"settings\" not found")));
    assertThat(stale).isZero();
    FilesEffect.Update again = onlyUpdate(until(Duration.ofSeconds(20)));
    assertThat(answer(again, missing("configmap \"settings\" not found")))
        .as("told once")
        .isEmpty();

    assertThat(onlyUpdate(step(changed(SETTINGS, "9"))).items().getFirst().has().digests())
        .isEqualTo(facts("conf", 1).digests());
  }

  @Test
  void labels_shownInAVolume_areFollowed_othersAreNot() {
    running(showingLabels("a", "{\"tier\":\"front\"}"), facts("info", 1));
    running(mounting("b"), facts("conf", 1));

    assertThat(step(seen(showingLabels("a", "{\"tier\":\"front\"}")))).isEmpty();
    assertThat(onlyUpdate(step(seen(showingLabels("a", "{\"tier\":\"back\"}")))).items())
        .extracting(FilesEffect.Item::uid)
        .containsExactly(uid("a"));
  }

  @Test
  void token_isRenewedBeforeFourFifthsOfItsLife() {
    running(withToken("a"), token(Duration.ofSeconds(3600)));

    assertThat(until(Duration.ofSeconds(3600 * 70 / 100 - 1))).isEmpty();
    FilesEffect.Update renewal = onlyUpdate(until(Duration.ofSeconds(3600 / 10 + 1)));
    assertThat(renewal.items().getFirst().has().tokensDue()).isTrue();
    answer(renewal, done(token(Duration.ofSeconds(3600))));
    assertThat(until(Duration.ofSeconds(3600 * 70 / 100 - 1))).isEmpty();
    onlyUpdate(until(Duration.ofSeconds(3600 / 10 + 1)));
  }

  @Test
  void tokenThatIsNotGranted_isTold_andAskedForAgain() {
    running(withToken("a"), token(Duration.ofSeconds(3600)));
    FilesEffect.Update renewal = onlyUpdate(until(Duration.ofSeconds(2900)));

    assertThat(answer(renewal, missing("failed to fetch token: serviceaccounts \"x\" not found")))
        .hasSize(1);
    FilesEffect.Update again = onlyUpdate(until(Duration.ofSeconds(20)));
    assertThat(again.items().getFirst().has().tokensDue()).isTrue();
  }

  @Test
  void renewals_leaveRoomForChanges() {
    for (int i = 0; i < 1_000; i++) {
      running(withToken("t" + i), token(Duration.ofSeconds(3600)));
    }
    running(showingLabels("a", "{}"), facts("info", 1));
    now = now.plusSeconds(3600);
    assertThat(fire()).hasSize(FilesConfig.DEFAULT.backgroundWidth());

    assertThat(onlyUpdate(step(seen(showingLabels("a", "{\"x\":\"y\"}")))).items())
        .extracting(FilesEffect.Item::uid)
        .containsExactly(uid("a"));
  }

  @Test
  void afterARestart_eachIsLookedAtOnce_tokensNotYet() {
    step(
        seen(mounting("a")),
        seen(withToken("b")),
        new FilesEvent.InstancesListed(
            List.of(
                new Sight(uid("a"), true, Optional.of(START.minusSeconds(60))),
                new Sight(uid("b"), true, Optional.of(START.minusSeconds(60))),
                new Sight("of a pod that is seen later", true, Optional.empty()))),
        new FilesEvent.Listing(Reference.Kind.CONFIG_MAP),
        new FilesEvent.Present(List.of(new Version(SETTINGS, "5"))),
        new FilesEvent.Listed(Reference.Kind.CONFIG_MAP));

    List<FilesEffect> looks = until(Duration.ofSeconds(90));
    List<FilesEffect.Item> items =
        looks.stream().flatMap(e -> ((FilesEffect.Update) e).items().stream()).toList();
    assertThat(items)
        .extracting(FilesEffect.Item::uid)
        .containsExactlyInAnyOrder(uid("a"), uid("b"));
    assertThat(items)
        .allSatisfy(
            item -> {
              assertThat(item.has().tokensDue()).isFalse();
              assertThat(item.has().knownOnly()).isTrue();
            });
    looks.forEach(look -> answer((FilesEffect.Update) look, done(FileFacts.NONE)));
    assertThat(until(Duration.ofSeconds(3600 * 70 / 100 - 200))).isEmpty();
    assertThat(onlyUpdate(until(Duration.ofSeconds(3600 / 5))).items().getFirst().has().tokensDue())
        .isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ERROR_REASON_BUSY,           2,    again",
    "ERROR_REASON_UNAVAILABLE,    2,    again",
    "ERROR_REASON_INTERNAL,       2,    again",
    "ERROR_REASON_THROTTLED,      2,    again",
    "ERROR_REASON_NOT_FOUND,      20,   again",
    "ERROR_REASON_INVALID_SPEC,   3600, onChange",
    "ERROR_REASON_UNSUPPORTED,    3600, never",
  })
  void failure_hasItsConsequence(ErrorReason reason, long seconds, String consequence) {
    running(mounting("a"), facts("conf", 1));
    FilesEffect.Update update = onlyUpdate(step(changed(SETTINGS, "2")));

    List<FilesEffect> told =
        answer(
            update, new Outcome.Refused(CloudFailure.of(reason, "no such luck"), Set.of("conf")));
    List<FilesEffect> later = until(Duration.ofSeconds(seconds));
    List<FilesEffect> onChange = step(changed(SETTINGS, "3"));

    switch (consequence) {
      case "again" -> {
        assertThat(told).isEmpty();
        onlyUpdate(later);
      }
      case "onChange" -> {
        assertThat(told).singleElement().isInstanceOf(FilesEffect.TellUser.class);
        assertThat(later).isEmpty();
        onlyUpdate(onChange);
      }
      case "never" -> {
        assertThat(told).singleElement().isInstanceOf(FilesEffect.TellUser.class);
        assertThat(later).isEmpty();
        assertThat(onChange).isEmpty();
      }
      default -> throw new IllegalArgumentException(consequence);
    }
  }

  @Test
  void lookWhoseOutcomeIsNotKnown_isNotBelieved_whenTheOldContentIsBack() {
    running(mounting("a"), facts("conf", 1));
    FilesEffect.Update update = onlyUpdate(step(changed(SETTINGS, "2")));
    answer(
        update,
        new Outcome.Refused(
            CloudFailure.of(ErrorReason.ERROR_REASON_UNAVAILABLE, "lost"), Set.of("conf")));

    step(changed(SETTINGS, "3"));

    assertThat(onlyUpdate(until(Duration.ofSeconds(2))).items().getFirst().has().digests())
        .isEmpty();
  }

  @Test
  void updateThatWasOnItsWay_whenTheInstanceWasMadeAgain_isMadeGood() {
    running(mounting("a"), facts("conf", 1));
    FilesEffect.Update old = onlyUpdate(step(changed(SETTINGS, "2")));
    step(
        new FilesEvent.InstanceSeen(new Sight(uid("a"), false, Optional.empty())),
        new FilesEvent.Prepared(uid("a"), facts("conf", 3)),
        new FilesEvent.Created(uid("a")));

    FilesEffect.Update again = onlyUpdate(answer(old, done(facts("conf", 2))));

    assertThat(again.items().getFirst().has().digests()).isEmpty();
  }

  @Test
  void poolThatCannot_isNeverAsked_butWaitingPodsAreNudged() {
    core = core(false);
    running(mounting("a"), facts("conf", 1));
    step(seen(mounting("b")));

    assertThat(step(changed(SETTINGS, "2")))
        .containsExactly(new FilesEffect.Nudge(List.of(uid("b"))));
    assertThat(until(Duration.ofDays(2))).isEmpty();
  }

  @Test
  void endedInstanceOrDeletedPod_getsNothing() {
    running(mounting("a"), facts("conf", 1));
    running(mounting("b"), facts("conf", 1));
    V1Pod deleted = mounting("b");
    deleted.getMetadata().deletionTimestamp(java.time.OffsetDateTime.MAX);
    step(new FilesEvent.InstanceSeen(new Sight(uid("a"), false, Optional.empty())), seen(deleted));

    assertThat(step(changed(SETTINGS, "2")))
        .noneMatch(effect -> effect instanceof FilesEffect.Update);
  }

  private void running(V1Pod pod, FileFacts facts) {
    String uid = pod.getMetadata().getUid();
    assertThat(step(seen(pod), new FilesEvent.Prepared(uid, facts), new FilesEvent.Created(uid)))
        .isEmpty();
  }

  private List<FilesEffect> list(Version... objects) {
    return step(
        new FilesEvent.Listing(Reference.Kind.CONFIG_MAP),
        new FilesEvent.Present(List.of(objects)),
        new FilesEvent.Listed(Reference.Kind.CONFIG_MAP));
  }

  private List<FilesEffect> answer(FilesEffect.Update update, Outcome outcome) {
    return step(
        new FilesEvent.Answered(update.call(), update.items().stream().map(_ -> outcome).toList()));
  }

  /** All that timers bring within a time, nothing being answered. */
  private List<FilesEffect> until(Duration later) {
    Instant end = now.plus(later);
    List<FilesEffect> effects = new ArrayList<>();
    while (!timers.isEmpty() && !timers.element().at().isAfter(end)) {
      now = timers.element().at();
      effects.addAll(fire());
    }
    now = end;
    return effects;
  }

  private List<FilesEffect> fire() {
    List<FilesEvent> due = new ArrayList<>();
    while (!timers.isEmpty() && !timers.element().at().isAfter(now)) {
      due.add(timers.remove().event());
    }
    return step(due.toArray(FilesEvent[]::new));
  }

  private List<FilesEffect> step(FilesEvent... events) {
    Step<FilesEvent, FilesEffect> step = core.step(List.of(events), now);
    timers.addAll(step.timers());
    return step.effects();
  }

  private static FilesEffect.Update onlyUpdate(List<FilesEffect> effects) {
    assertThat(effects).singleElement().isInstanceOf(FilesEffect.Update.class);
    return (FilesEffect.Update) effects.getFirst();
  }

  private static FilesEvent seen(V1Pod pod) {
    return new FilesEvent.PodSeen(pod);
  }

  private static FilesEvent changed(Reference reference, String version) {
    return new FilesEvent.Changed(new Version(reference, version));
  }

  private static Outcome done(FileFacts facts) {
    return new Outcome.Current(facts, true, Optional.empty());
  }

  private static Outcome missing(String message) {
    return new Outcome.Current(FileFacts.NONE, false, Optional.of(message));
  }

  private FilesCore core(boolean canUpdate) {
    return new FilesCore(
        TestPods.ZONES,
        canUpdate,
        100,
        FilesConfig.DEFAULT,
        new FilesObserver() {
          @Override
          public void looked(String result) {
            results.add(result);
          }

          @Override
          public void delivered(Duration sinceChange) {
            delays.add(sinceChange);
          }

          @Override
          public void stale(int count) {
            stale = count;
          }
        });
  }
}
