package io.viking.cli.door;

/**
 * What an object may have that cannot be honoured.
 *
 * @param id its variable in the policy
 * @param lines an expression: sentences about fields, a list of strings, empty if there is none
 */
record Finding(DoorRule rule, String id, String lines) {
  /**
   * @param paths an expression: a list of strings
   * @param says what is true of all of them
   */
  static Finding of(DoorRule rule, String id, String paths, String says) {
    return new Finding(
        rule,
        id,
        "[%s]\n.filter(found, found.size() > 0)\n.map(found, found.join(', ') + %s)"
            .formatted(paths, Cel.quote(": " + says)));
  }

  /** The same where a condition holds, and nothing elsewhere. */
  Finding onlyIf(String condition) {
    return new Finding(rule, id, condition + " ?\n" + lines + "\n: []");
  }
}
