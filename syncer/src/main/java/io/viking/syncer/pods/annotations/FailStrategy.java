package io.viking.syncer.pods.annotations;

/** What happens to a pod whose instance cannot be made now. */
public enum FailStrategy {
  /** It stays Pending and is tried again until it works. */
  FAIL_BACK,
  /** It fails at once with reason ProviderFailed; whoever made the pod decides. */
  FAIL_FAST
}
