package io.viking.syncer.pods.manifest;

/** Something that a pod refers to is not there; the message is the kubelet's. */
final class MissingReferenceException extends Exception {
  private static final long serialVersionUID = 1;

  MissingReferenceException(String message) {
    super(message, null, false, false);
  }
}
