package io.viking.syncer.pods.manifest;

/** Ends the resolving of a pod early, with its outcome. Never leaves the package. */
final class UnresolvedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Resolution resolution;

  UnresolvedException(Resolution resolution) {
    super(resolution.toString(), null, false, false);
    this.resolution = resolution;
  }

  Resolution resolution() {
    return resolution;
  }
}
