package io.viking.kube.client;

/** How a patch is written; the API server answers 415 to a patch that does not say. */
public enum PatchFormat {
  /** RFC 7386: objects merge, lists are replaced, null removes. */
  MERGE("application/merge-patch+json"),
  /** Kubernetes' own: lists with a merge key (conditions by type) merge item by item. */
  STRATEGIC_MERGE("application/strategic-merge-patch+json"),
  /** RFC 6902. */
  JSON("application/json-patch+json"),
  /**
   * Server-side apply: the object as it should be, made if it is not there. The fields are ours
   * from then on, whoever owned them.
   */
  APPLY("application/apply-patch+yaml");

  private final String mediaType;

  PatchFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }
}
