package io.viking.syncer.pods.files;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceBlockingV2Stub;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResult;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.loop.EffectRunner;
import io.viking.kube.loop.Lane;
import io.viking.syncer.pods.BatchLimits;
import io.viking.syncer.pods.PodEvents;
import io.viking.syncer.pods.files.FilesEvent.Outcome;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.manifest.FileSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes the calls that the core of file updates asks for. What files hold is in no log. */
public final class FilesRunner implements EffectRunner<FilesEvent, FilesEffect> {
  private final FileSource source;
  private final InstanceServiceBlockingV2Stub stub;
  private final String clusterId;
  private final BatchLimits limits;
  private final Duration deadline;
  private final PodEvents events;
  private final Consumer<List<String>> nudge;
  private final Lane update;
  private final Lane nudges = new Lane("nudge", 1);
  private final Lane tell = new Lane("tell", 1);

  /**
   * @param channel to the adapter
   * @param clusterId the scope of every call
   * @param deadline of one call to the adapter
   * @param nudge hears which pods may find now what they wait for; returns at once
   */
  public FilesRunner(
      FileSource source,
      Channel channel,
      String clusterId,
      BatchLimits limits,
      Duration deadline,
      EventRecorder events,
      Consumer<List<String>> nudge,
      FilesConfig config) {
    this.source = source;
    this.stub = InstanceServiceGrpc.newBlockingV2Stub(channel);
    this.clusterId = clusterId;
    this.limits = limits;
    this.deadline = deadline;
    this.events = new PodEvents(events);
    this.nudge = nudge;
    this.update = new Lane("update", config.updateWidth());
  }

  @Override
  public Lane lane(FilesEffect effect) {
    return switch (effect) {
      case FilesEffect.Update _ -> update;
      case FilesEffect.Nudge _ -> nudges;
      case FilesEffect.TellUser _ -> tell;
    };
  }

  @Override
  public List<FilesEvent> run(FilesEffect effect) throws InterruptedException {
    return switch (effect) {
      case FilesEffect.Update(long call, var items) ->
          List.of(new FilesEvent.Answered(call, update(items)));
      case FilesEffect.Nudge(List<String> uids) -> {
        nudge.accept(uids);
        yield List.of();
      }
      case FilesEffect.TellUser(PodRef pod, Tell what) -> {
        events.record(pod, what);
        yield List.of();
      }
    };
  }

  @Override
  public List<FilesEvent> crashed(FilesEffect effect, RuntimeException defect) {
    return switch (effect) {
      case FilesEffect.Update(long call, var items) ->
          List.of(
              new FilesEvent.Answered(
                  call, items.stream().<Outcome>map(_ -> new Outcome.Unread("a defect")).toList()));
      case FilesEffect.Nudge _, FilesEffect.TellUser _ -> List.of();
    };
  }

  private List<Outcome> update(List<FilesEffect.Item> items) throws InterruptedException {
    Map<String, Outcome> outcomes = new HashMap<>();
    var calls = new UpdateCalls(limits.items(), limits.bytes());
    Optional<Outcome.Unread> unread = Optional.empty();
    for (FilesEffect.Item item : items) {
      // An API server that does not answer for one is not asked for a hundred, each with a
      // deadline.
      Outcome outcome = unread.isPresent() ? unread.get() : read(item, calls);
      if (outcome instanceof Outcome.Unread failed) {
        unread = Optional.of(failed);
      }
      outcomes.put(item.uid(), outcome);
    }
    for (List<UpdateFiles> call : calls.calls()) {
      send(call, outcomes);
    }
    return items.stream().map(item -> Objects.requireNonNull(outcomes.get(item.uid()))).toList();
  }

  /** What will have come of it once the calls have succeeded. */
  private Outcome read(FilesEffect.Item item, UpdateCalls calls) throws InterruptedException {
    return switch (source.read(item.pod(), item.has())) {
      case FileSource.Reading.Failed(String message) -> new Outcome.Unread(message);
      case FileSource.Reading.Read(var changed, var facts, var missing) -> {
        int tooLarge = calls.add(item.uid(), changed);
        yield tooLarge > 0
            ? new Outcome.Refused(tooLarge(tooLarge), Set.of())
            : new Outcome.Current(facts, !changed.isEmpty(), missing);
      }
    };
  }

  private void send(List<UpdateFiles> updates, Map<String, Outcome> outcomes) {
    try {
      List<UpdateFilesResult> results =
          stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
              .updateFiles(
                  UpdateFilesRequest.newBuilder()
                      .setClusterId(clusterId)
                      .addAllUpdates(updates)
                      .build())
              .getResultsList();
      for (int i = 0; i < updates.size(); i++) {
        if (i >= results.size()) {
          refuse(updates.get(i), unanswered(), outcomes);
        } else if (results.get(i).hasFailure()) {
          refuse(updates.get(i), CloudFailures.from(results.get(i).getFailure()), outcomes);
        }
      }
    } catch (StatusException e) {
      updates.forEach(item -> refuse(item, CloudFailures.from(e), outcomes));
    }
  }

  /** What other calls of the same look have brought to the instance is sent again. */
  private static void refuse(
      UpdateFiles item, CloudFailure failure, Map<String, Outcome> outcomes) {
    Set<String> volumes = new HashSet<>();
    item.getVolumesList().forEach(volume -> volumes.add(volume.getVolume()));
    if (outcomes.get(item.getUid()) instanceof Outcome.Refused(var _, Set<String> others)) {
      volumes.addAll(others);
    }
    outcomes.put(item.getUid(), new Outcome.Refused(failure, volumes));
  }

  private CloudFailure tooLarge(int size) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_INVALID_SPEC,
        "a volume is %d bytes large and the cloud takes at most %d at once: mount less, or keep large data in a volume of another kind"
            .formatted(size, limits.bytes()));
  }

  private static CloudFailure unanswered() {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_INTERNAL, "the adapter gave fewer results than it got items");
  }
}
