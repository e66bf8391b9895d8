package io.viking.syncer.pods.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.Limits;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResponse;
import io.viking.cloud.v1.UpdateFilesResult;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.syncer.pods.BatchLimits;
import io.viking.syncer.pods.files.FilesEvent.Outcome;
import io.viking.syncer.pods.lifecycle.Backoff;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.manifest.FileSource;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilesRunnerTest {
  private static final int BYTES = 20_000;

  private final List<UpdateFilesRequest> requests = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final List<String> nudged = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();
  private Server server;
  private ManagedChannel channel;
  private FilesRunner runner;

  @BeforeEach
  void connect() throws Exception {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).addService(new Instances()).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    runner =
        new FilesRunner(
            new Volumes(),
            channel,
            "cluster",
            BatchLimits.of(
                Limits.newBuilder().setInstanceBatchItems(2).setBatchBytes(BYTES).build()),
            Duration.ofSeconds(10),
            new Recorder(),
            nudged::addAll,
            FilesConfig.DEFAULT);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void update_givesOneOutcomeForEachItem_inOrder_inCallsWithinTheLimits() throws Exception {
    List<Outcome> outcomes = update("a", "unchanged", "busy", "b", "large", "c");

    assertThat(outcomes.get(0)).isEqualTo(current("a", true));
    assertThat(outcomes.get(1)).isEqualTo(current("unchanged", false));
    assertThat(outcomes.get(2))
        .isEqualTo(
            new Outcome.Refused(
                CloudFailure.of(ErrorReason.ERROR_REASON_BUSY, "not yet"), Set.of("conf")));
    assertThat(outcomes.get(3)).isEqualTo(current("b", true));
    assertThat(outcomes.get(4))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.failure().reason())
                  .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
              assertThat(refused.failure().message()).contains("19488");
            });
    assertThat(outcomes.get(5)).isEqualTo(current("c", true));
    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.getClusterId()).isEqualTo("cluster");
              assertThat(request.getSerializedSize()).isLessThanOrEqualTo(BYTES);
            })
        .extracting(UpdateFilesRequest::getUpdatesCount)
        .containsExactly(2, 2);
  }

  @Test
  void update_callFails_isRefusedForAllOfIt_andWhatWasSentIsNamed() throws Exception {
    assertThat(update("down", "a"))
        .allSatisfy(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> {
                          assertThat(refused.failure().reason())
                              .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
                          assertThat(refused.volumes()).containsExactly("conf");
                        }));
  }

  @Test
  void update_apiServerDoesNotAnswer_isNotAskedForEachOfThem() throws Exception {
    List<Outcome> outcomes = update("a", "unread", "b", "c");

    assertThat(outcomes.get(0)).isEqualTo(current("a", true));
    assertThat(outcomes.subList(1, 4)).allMatch(Outcome.Unread.class::isInstance);
    assertThat(reads).containsExactly("a", "unread");
  }

  @Test
  void crash_isAnsweredForEachItem() {
    assertThat(runner.crashed(effect("a", "b"), new IllegalStateException()))
        .singleElement()
        .isInstanceOfSatisfying(
            FilesEvent.Answered.class, answered -> assertThat(answered.outcomes()).hasSize(2));
  }

  @Test
  void nudgesAndWarnings_arePassedOn() throws Exception {
    assertThat(runner.run(new FilesEffect.Nudge(List.of("u")))).isEmpty();
    assertThat(
            runner.run(
                new FilesEffect.TellUser(
                    new PodRef("shop", "web", "u"), new Tell(true, "FailedMount", "gone"))))
        .isEmpty();

    assertThat(nudged).containsExactly("u");
    assertThat(told).containsExactly("FailedMount gone");
  }

  @Test
  void config_namesWhatIsWrong() {
    Backoff pause = FilesConfig.DEFAULT.cloud();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilesConfig(0, 1, Duration.ZERO, Duration.ZERO, pause, pause, pause))
        .withMessage("updateWidth must be at least 1, is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FilesConfig(2, 3, Duration.ZERO, Duration.ZERO, pause, pause, pause))
        .withMessage("backgroundWidth must be from 1 to updateWidth (2), is 3");
  }

  private List<Outcome> update(String... uids) throws InterruptedException {
    return ((FilesEvent.Answered) runner.run(effect(uids)).getFirst()).outcomes();
  }

  private static FilesEffect.Update effect(String... uids) {
    return new FilesEffect.Update(
        1,
        Stream.of(uids)
            .map(
                uid -> {
                  V1Pod pod = TestPods.mounting(uid);
                  pod.getMetadata().setUid(uid);
                  return new FilesEffect.Item(uid, pod, new FileSource.Has(Map.of(), false, false));
                })
            .toList());
  }

  private static Outcome current(String uid, boolean sent) {
    return new Outcome.Current(TestPods.facts("conf", uid.length()), sent, Optional.empty());
  }

  private final class Volumes implements FileSource {
    @Override
    public Reading read(V1Pod pod, Has has) {
      String uid = pod.getMetadata().getUid();
      reads.add(uid);
      if (uid.equals("unread")) {
        return new Reading.Failed("overloaded");
      }
      var volume =
          FileVolume.newBuilder()
              .setVolume("conf")
              .addFiles(
                  File.newBuilder()
                      .setContent(ByteString.copyFrom(new byte[uid.equals("large") ? BYTES : 10])));
      return new Reading.Read(
          uid.equals("unchanged") ? List.of() : List.of(volume.build()),
          TestPods.facts("conf", uid.length()),
          Optional.empty());
    }

    @Override
    public void changed(Reference reference) {}

    @Override
    public void anyChanged() {}
  }

  private final class Instances extends InstanceServiceGrpc.InstanceServiceImplBase {
    @Override
    public void updateFiles(
        UpdateFilesRequest request, StreamObserver<UpdateFilesResponse> caller) {
      requests.add(request);
      if (request.getUpdates(0).getUid().equals("down")) {
        caller.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      var response = UpdateFilesResponse.newBuilder();
      request
          .getUpdatesList()
          .forEach(
              update -> {
                var result = UpdateFilesResult.newBuilder().setUid(update.getUid());
                if (update.getUid().equals("busy")) {
                  result.setFailure(
                      Failure.newBuilder()
                          .setReason(ErrorReason.ERROR_REASON_BUSY)
                          .setMessage("not yet"));
                }
                response.addResults(result);
              });
      caller.onNext(response.build());
      caller.onCompleted();
    }
  }

  private final class Recorder implements EventRecorder {
    @Override
    public void normal(EventTarget target, String reason, String message) {}

    @Override
    public void warning(EventTarget target, String reason, String message) {
      told.add(reason + " " + message);
    }
  }
}
