package io.viking.cli.door;

/** What a rule does with an object that it finds something in. */
enum Action {
  /** The object is not stored. */
  REFUSE("refuse", "Deny", ""),
  /** It is, and the client is told. */
  WARN("warn", "Warn", "-warnings");

  private final String key;
  private final String validationAction;
  private final String suffix;

  Action(String key, String validationAction, String suffix) {
    this.key = key;
    this.validationAction = validationAction;
    this.suffix = suffix;
  }

  /** As a DoorPolicy has it. */
  String key() {
    return key;
  }

  /** As a ValidatingAdmissionPolicyBinding has it. */
  String validationAction() {
    return validationAction;
  }

  /** What the names of the policies that do it end with. */
  String suffix() {
    return suffix;
  }
}
