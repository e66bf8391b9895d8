package io.viking.syncer.pods;

import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.syncer.pods.lifecycle.ApiAnswer;
import io.viking.syncer.pods.lifecycle.PodRef;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins what is written of pods, and reads what became of it. */
final class PodWrites {
  private static final Logger log = LoggerFactory.getLogger(PodWrites.class);

  private final KubeApi api;

  PodWrites(KubeApi api) {
    this.api = api;
  }

  CompletableFuture<ApiAnswer> patch(PodsEffect.PatchStatus patch) {
    PodRef pod = patch.pod();
    return api.writes()
        .patch(
            ResourceType.PODS,
            pod.namespace(),
            pod.name(),
            "status",
            PatchFormat.STRATEGIC_MERGE,
            patch.json())
        .thenApply(failure -> failure.map(why -> patched(pod, why)).orElseGet(ApiAnswer.Done::new));
  }

  CompletableFuture<ApiAnswer> remove(PodRef pod) {
    return api.writes()
        .delete(ResourceType.PODS, pod.namespace(), pod.name(), pod.uid(), 0)
        .thenApply(failure -> answer(pod, "final delete", failure));
  }

  CompletableFuture<ApiAnswer> evict(PodRef pod) {
    return api.writes()
        .evict(pod.namespace(), pod.name(), pod.uid())
        .thenApply(
            failure -> {
              failure
                  .filter(KubeApiException::isRetriable)
                  .ifPresent(
                      why ->
                          log.info(
                              "pod {}: its eviction is held back, and repeated: {}",
                              pod,
                              why.getMessage()));
              return answer(pod, "eviction", failure);
            });
  }

  private static ApiAnswer patched(PodRef pod, KubeApiException failure) {
    if (failure.isConflict()) {
      return new ApiAnswer.Stale();
    }
    if (failure.isInvalid()) {
      // Another pod has the name, or the status is refused for what it says: both are rare.
      log.warn("pod {}: its status is not taken and stays as it is: {}", pod, failure.getMessage());
    }
    return failed(pod, "status write", failure);
  }

  private static ApiAnswer answer(PodRef pod, String what, Optional<KubeApiException> failure) {
    return failure.map(why -> failed(pod, what, why)).orElseGet(ApiAnswer.Done::new);
  }

  private static ApiAnswer failed(PodRef pod, String what, KubeApiException failure) {
    if (failure.isNotFound() || failure.isConflict() || failure.isInvalid()) {
      return new ApiAnswer.OtherObject();
    }
    if (!failure.isRetriable()) {
      log.warn("pod {}: {} refused, and repeated: {}", pod, what, failure.getMessage());
    }
    return new ApiAnswer.Failed(failure.retryAfter());
  }
}
