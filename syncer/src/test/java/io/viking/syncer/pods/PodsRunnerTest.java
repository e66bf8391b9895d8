package io.viking.syncer.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.testing.FakeCache;
import io.viking.syncer.pods.PodsEvent.CreateOutcome;
import io.viking.syncer.pods.PodsEvent.DeleteOutcome;
import io.viking.syncer.pods.files.PreparedFiles;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.manifest.Resolution;
import io.viking.syncer.testing.InMemoryCloud;
import io.viking.syncer.testing.InMemoryKubeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodsRunnerTest {
  private static final PodRef REF = new PodRef("default", "web", "uid-1");

  private final FakeCache<V1Pod> pods = FakeCache.synced();
  private final InMemoryKubeApi api = new InMemoryKubeApi(pods);
  private final List<String> told = new ArrayList<>();
  private InMemoryCloud cloud;
  private PodsRunner runner;

  @BeforeEach
  void connect() throws Exception {
    cloud = new InMemoryCloud();
    runner =
        new PodsRunner(
            _ -> new Resolution.Retry("no"),
            cloud.channel(),
            "cluster",
            api,
            new Recorder(),
            PreparedFiles.UNHEARD,
            PodsConfig.DEFAULT);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void createFindDelete_giveOneOutcomeForEachItem_inOrder() throws Exception {
    assertThat(run(new PodsEffect.CreateInstances(1, List.of(spec("a"), spec("b")))))
        .isInstanceOfSatisfying(
            PodsEvent.CreateAnswered.class,
            answer ->
                assertThat(answer.outcomes())
                    .extracting(o -> ((CreateOutcome.Accepted) o).instance().getUid())
                    .containsExactly("a", "b"));
    assertThat(run(new PodsEffect.FindInstances(2, List.of("b", "c"))))
        .isInstanceOfSatisfying(
            PodsEvent.Found.class,
            found ->
                assertThat(found.instances()).extracting(i -> i.getUid()).containsExactly("b"));
    assertThat(run(new PodsEffect.DeleteInstances(3, List.of(delete("a"), delete("c")))))
        .isEqualTo(
            new PodsEvent.DeleteAnswered(
                3, List.of(new DeleteOutcome.Accepted(), new DeleteOutcome.Absent())));
  }

  @Test
  void callThatFails_isTheFailureOfEachItem() throws Exception {
    cloud.failWith(Optional.of(Status.UNAVAILABLE.withDescription("away")));
    CloudFailure failure = CloudFailure.of(ErrorReason.ERROR_REASON_UNAVAILABLE, "away");
    assertThat(run(new PodsEffect.CreateInstances(1, List.of(spec("a"), spec("b")))))
        .isEqualTo(
            new PodsEvent.CreateAnswered(
                1,
                List.of(new CreateOutcome.Refused(failure), new CreateOutcome.Refused(failure))));
    assertThat(run(new PodsEffect.DeleteInstances(2, List.of(delete("a")))))
        .isEqualTo(new PodsEvent.DeleteAnswered(2, List.of(new DeleteOutcome.Refused(failure))));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,  Done,        Done",
    "404, OtherObject, OtherObject",
    "409, Stale,       OtherObject",
    "422, OtherObject, OtherObject",
    "403, Failed,      Failed",
    "429, Failed,      Failed",
    "503, Failed,      Failed",
    "0,   Failed,      Failed",
  })
  void answersOfTheApiServer_byTheirCode(int code, String patched, String removed)
      throws Exception {
    api.failWith(code);
    assertThat(run(new PodsEffect.PatchStatus(1, REF, "{}")))
        .extracting(event -> name(((PodsEvent.StatusAnswered) event).answer()))
        .isEqualTo(patched);
    assertThat(run(new PodsEffect.RemovePod(2, REF)))
        .extracting(event -> name(((PodsEvent.RemoveAnswered) event).answer()))
        .isEqualTo(removed);
    assertThat(api.calls())
        .containsExactly(
            new InMemoryKubeApi.Call(
                "patch STRATEGIC_MERGE", "/api/v1/namespaces/default/pods/web/status", "", "{}"),
            new InMemoryKubeApi.Call(
                "delete", "/api/v1/namespaces/default/pods/web", "uid-1", "0"));
  }

  @Test
  void lookUp_tellsWhatHasTheName() throws Exception {
    assertThat(run(new PodsEffect.LookUpPod(1, REF)))
        .isEqualTo(new PodsEvent.LookedUp(1, Optional.empty()));
    V1Pod pod = new V1Pod().metadata(new V1ObjectMeta().namespace("default").name("web"));
    pods.put(pod);
    assertThat(run(new PodsEffect.LookUpPod(2, REF)))
        .isEqualTo(new PodsEvent.LookedUp(2, Optional.of(pod)));
    api.failWith(500);
    assertThat(run(new PodsEffect.LookUpPod(3, REF))).isInstanceOf(PodsEvent.LookUpFailed.class);
  }

  @Test
  void lookUp_ofAnInstanceThatDoesNotNameItsPod_neverSaysThatThereIsNone() throws Exception {
    assertThat(run(new PodsEffect.LookUpPod(1, new PodRef("", "", "uid-1"))))
        .isInstanceOf(PodsEvent.LookUpFailed.class);
  }

  @Test
  void tells_areEvents() throws Exception {
    runner.run(new PodsEffect.TellUser(REF, new Tell(false, "Started", "yes")));
    runner.run(new PodsEffect.TellUser(REF, new Tell(true, "NoStock", "no")));
    assertThat(told).containsExactly("normal uid-1 Started yes", "warning uid-1 NoStock no");
  }

  @ParameterizedTest
  @CsvSource({"-1, Done", "429, Failed", "500, Failed", "404, OtherObject", "409, OtherObject"})
  void eviction_isAnsweredByItsCode(int code, String answer) throws Exception {
    api.failWith(code);
    assertThat(run(new PodsEffect.EvictPod(1, REF)))
        .extracting(event -> name(((PodsEvent.EvictAnswered) event).answer()))
        .isEqualTo(answer);
  }

  @Test
  void everyEffectThatCrashes_isAnswered() {
    var defect = new IllegalStateException("broken");
    List<PodsEffect> effects =
        List.of(
            new PodsEffect.Resolve(1, new V1Pod()),
            new PodsEffect.CreateInstances(2, List.of(spec("a"))),
            new PodsEffect.DeleteInstances(3, List.of(delete("a"))),
            new PodsEffect.FindInstances(4, List.of("a")),
            new PodsEffect.PatchStatus(5, REF, "{}"),
            new PodsEffect.RemovePod(6, REF),
            new PodsEffect.LookUpPod(7, REF),
            new PodsEffect.EvictPod(8, REF));
    long call = 0;
    for (PodsEffect effect : effects) {
      long expected = ++call;
      assertThat(runner.crashed(effect, defect))
          .singleElement()
          .isInstanceOfSatisfying(
              PodsEvent.Answer.class, answer -> assertThat(answer.call()).isEqualTo(expected));
      assertThat(runner.lane(effect)).isSameAs(runner.lane(effect));
    }
  }

  private PodsEvent run(PodsEffect effect) throws InterruptedException {
    return runner.run(effect).getFirst();
  }

  private static String name(ApiAnswer answer) {
    return answer.getClass().getSimpleName();
  }

  private static InstanceSpec spec(String uid) {
    return InstanceSpec.newBuilder().setUid(uid).setAttempt(1).build();
  }

  private static DeleteInstance delete(String uid) {
    return DeleteInstance.newBuilder().setUid(uid).setAttempt(Integer.MAX_VALUE).build();
  }

  private final class Recorder implements EventRecorder {
    @Override
    public void normal(EventTarget target, String reason, String message) {
      told.add("normal " + target.uid() + " " + reason + " " + message);
    }

    @Override
    public void warning(EventTarget target, String reason, String message) {
      told.add("warning " + target.uid() + " " + reason + " " + message);
    }
  }
}
