package io.viking.syncer.pods.status;

/** A condition that we answer for; its times and generation are the patch's affair. */
record Condition(String type, boolean status, String reason, String message) {
  static Condition isTrue(String type) {
    return new Condition(type, true, "", "");
  }

  static Condition isFalse(String type, String reason, String message) {
    return new Condition(type, false, reason, message);
  }
}
