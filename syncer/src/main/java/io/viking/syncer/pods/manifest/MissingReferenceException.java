package io.viking.syncer.pods.manifest;

import java.util.Locale;

/** Something that a pod refers to is not there; the message is the kubelet's. */
final class MissingReferenceException extends Exception {
  private static final long serialVersionUID = 1;

  MissingReferenceException(String message) {
    super(message, null, false, false);
  }

  static MissingReferenceException notFound(Reference reference) {
    return new MissingReferenceException(
        "%s \"%s\" not found"
            .formatted(reference.kind().type().kind().toLowerCase(Locale.ROOT), reference.name()));
  }
}
