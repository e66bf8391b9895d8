package io.viking.syncer.pods;

import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.loop.EffectRunner;
import io.viking.kube.loop.Lane;
import io.viking.syncer.pods.files.PreparedFiles;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.manifest.ManifestResolver;
import io.viking.syncer.pods.manifest.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the calls that the pods' core asks for. */
public final class PodsRunner implements EffectRunner<PodsEvent, PodsEffect> {
  private static final Logger log = LoggerFactory.getLogger(PodsRunner.class);

  private final ManifestResolver resolver;
  private final InstanceCalls cloud;
  private final KubeApi api;
  private final PodWrites writes;
  private final PodEvents events;
  private final PreparedFiles files;
  private final Lane resolve;
  private final Lane create;
  private final Lane delete;
  private final Lane find;
  private final Lane status;
  private final Lane remove;
  private final Lane lookUp;
  private final Lane tell = new Lane("tell", 1);

  /**
   * @param channel to the adapter
   * @param clusterId the scope of every call
   * @param files hears what instances are created with
   */
  public PodsRunner(
      ManifestResolver resolver,
      Channel channel,
      String clusterId,
      KubeApi api,
      EventRecorder events,
      PreparedFiles files,
      PodsConfig config) {
    this.resolver = resolver;
    this.cloud = new InstanceCalls(channel, clusterId, config.callDeadline());
    this.api = api;
    this.writes = new PodWrites(api);
    this.events = new PodEvents(events);
    this.files = files;
    this.resolve = new Lane("resolve", config.resolveWidth());
    this.create = new Lane("create", config.createWidth());
    this.delete = new Lane("delete", config.deleteWidth());
    this.find = new Lane("find", config.lookUpWidth());
    this.status = Lane.ofBegun("status", config.statusWidth());
    this.remove = Lane.ofBegun("remove", config.removeWidth());
    this.lookUp = new Lane("lookup", config.lookUpWidth());
  }

  @Override
  public Lane lane(PodsEffect effect) {
    return switch (effect) {
      case PodsEffect.Resolve _ -> resolve;
      case PodsEffect.CreateInstances _ -> create;
      case PodsEffect.DeleteInstances _ -> delete;
      case PodsEffect.FindInstances _ -> find;
      case PodsEffect.PatchStatus _ -> status;
      case PodsEffect.EvictPod _, PodsEffect.RemovePod _ -> remove;
      case PodsEffect.LookUpPod _ -> lookUp;
      case PodsEffect.TellUser _ -> tell;
    };
  }

  @Override
  public List<PodsEvent> run(PodsEffect effect) throws InterruptedException {
    return switch (effect) {
      case PodsEffect.Resolve(long call, var pod) ->
          List.of(new PodsEvent.Resolved(call, resolve(pod)));
      case PodsEffect.CreateInstances(long call, var specs) ->
          List.of(new PodsEvent.CreateAnswered(call, create(specs)));
      case PodsEffect.DeleteInstances(long call, var items) ->
          List.of(new PodsEvent.DeleteAnswered(call, cloud.delete(items)));
      case PodsEffect.FindInstances(long call, var uids) -> List.of(cloud.find(call, uids));
      case PodsEffect.PatchStatus _, PodsEffect.RemovePod _, PodsEffect.EvictPod _ ->
          begin(effect).join();
      case PodsEffect.LookUpPod(long call, PodRef pod) -> List.of(lookUp(call, pod));
      case PodsEffect.TellUser(PodRef pod, Tell what) -> {
        events.record(pod, what);
        yield List.of();
      }
    };
  }

  @Override
  public CompletableFuture<List<PodsEvent>> begin(PodsEffect effect) {
    return switch (effect) {
      case PodsEffect.PatchStatus patch ->
          writes
              .patch(patch)
              .thenApply(answer -> List.of(new PodsEvent.StatusAnswered(patch.call(), answer)));
      case PodsEffect.RemovePod(long call, PodRef pod) ->
          writes
              .remove(pod)
              .thenApply(answer -> List.of(new PodsEvent.RemoveAnswered(call, answer)));
      case PodsEffect.EvictPod(long call, PodRef pod) ->
          writes.evict(pod).thenApply(answer -> List.of(new PodsEvent.EvictAnswered(call, answer)));
      default -> EffectRunner.super.begin(effect);
    };
  }

  @Override
  public List<PodsEvent> crashed(PodsEffect effect, RuntimeException defect) {
    CloudFailure failure =
        CloudFailure.of(ErrorReason.ERROR_REASON_INTERNAL, "a call failed: " + defect);
    return switch (effect) {
      case PodsEffect.Resolve(long call, var _) ->
          List.of(new PodsEvent.Resolved(call, new Resolution.Retry(defect.toString())));
      case PodsEffect.CreateInstances(long call, var specs) ->
          List.of(new PodsEvent.CreateAnswered(call, InstanceCalls.noneMade(specs, failure)));
      case PodsEffect.DeleteInstances(long call, var items) ->
          List.of(new PodsEvent.DeleteAnswered(call, InstanceCalls.noneStopped(items, failure)));
      case PodsEffect.FindInstances(long call, var _) ->
          List.of(new PodsEvent.FindFailed(call, failure));
      case PodsEffect.PatchStatus patch ->
          List.of(
              new PodsEvent.StatusAnswered(patch.call(), new ApiAnswer.Failed(Optional.empty())));
      case PodsEffect.RemovePod(long call, PodRef _) ->
          List.of(new PodsEvent.RemoveAnswered(call, new ApiAnswer.Failed(Optional.empty())));
      case PodsEffect.EvictPod(long call, PodRef _) ->
          List.of(new PodsEvent.EvictAnswered(call, new ApiAnswer.Failed(Optional.empty())));
      case PodsEffect.LookUpPod(long call, PodRef _) ->
          List.of(new PodsEvent.LookUpFailed(call, Optional.empty()));
      case PodsEffect.TellUser _ -> List.of();
    };
  }

  private Resolution resolve(V1Pod pod) throws InterruptedException {
    Resolution resolution = resolver.resolve(pod);
    if (resolution instanceof Resolution.Resolved resolved) {
      files.prepared(PodObject.ref(pod), resolved.files());
    }
    return resolution;
  }

  private List<PodsEvent.CreateOutcome> create(List<InstanceSpec> specs) {
    List<PodsEvent.CreateOutcome> outcomes = cloud.create(specs);
    for (PodsEvent.CreateOutcome outcome : outcomes) {
      if (outcome instanceof PodsEvent.CreateOutcome.Accepted(Instance instance, boolean created)
          && created) {
        files.created(PodRef.of(instance));
      }
    }
    return outcomes;
  }

  private PodsEvent lookUp(long call, PodRef pod) {
    if (pod.name().isEmpty()) {
      log.error(
          "instance of pod UID {}: the cloud does not say its pod's name, so that the pod cannot be"
              + " looked up; it is not deleted",
          pod.uid());
      return new PodsEvent.LookUpFailed(call, Optional.empty());
    }
    try {
      return new PodsEvent.LookedUp(call, api.get(ResourceType.PODS, pod.namespace(), pod.name()));
    } catch (KubeApiException e) {
      log.debug("pod {}: look-up failed and is repeated: {}", pod, e.getMessage());
      return new PodsEvent.LookUpFailed(call, e.retryAfter());
    }
  }
}
