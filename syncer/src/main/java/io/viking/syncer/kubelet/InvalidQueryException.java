package io.viking.syncer.kubelet;

/** A query that makes no sense; the message names the field, the value and the way out. */
final class InvalidQueryException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidQueryException(String message) {
    super(message, null, false, false);
  }
}
