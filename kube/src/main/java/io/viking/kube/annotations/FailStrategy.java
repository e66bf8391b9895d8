package io.viking.kube.annotations;

import java.util.Map;

/** What happens to a pod whose instance cannot be made now. */
public enum FailStrategy {
  /** It stays Pending and is tried again until it works. */
  FAIL_BACK,
  /** It fails at once with reason ProviderFailed; whoever made the pod decides. */
  FAIL_FAST;

  /** What a pod asks for; {@code pod-fail-on-create-err} is the older way to say it. */
  public static FailStrategy of(Map<String, String> annotations) {
    boolean failsOnError =
        FailureAnnotations.FAIL_ON_CREATE_ERROR.valueIn(annotations).orElse(false);
    return FailureAnnotations.FAIL_STRATEGY
        .valueIn(annotations)
        .orElse(failsOnError ? FAIL_FAST : FAIL_BACK);
  }
}
