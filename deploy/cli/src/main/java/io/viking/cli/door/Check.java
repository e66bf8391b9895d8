package io.viking.cli.door;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One thing that cannot be honoured, wherever a pod's spec may say it.
 *
 * @param id its variable in a policy; unique
 * @param place where it is looked for
 * @param path from the place to the field, such as ".securityContext.privileged". Where its first
 *     field is absent, nothing is bad
 * @param bad the condition on what stands at the place, given the name of the variable that holds
 *     it; true for what cannot be honoured, and never an error, whatever is absent
 * @param says why, and the way out: what follows the field and a colon
 */
record Check(
    DoorRule rule, String id, Place place, String path, UnaryOperator<String> bad, String says) {

  private static final Pattern FIRST_FIELD = Pattern.compile("^\\.(\\w+)");

  Check(DoorRule rule, Place place, String path, UnaryOperator<String> bad, String says) {
    this(rule, rule.key(), place, path, bad, says);
  }

  /** The condition on a variable, or on another expression. */
  String isBad(String subject) {
    return "(" + bad.apply(subject) + ")";
  }

  /** The first field of the path: where it is absent, nothing is bad. Empty if there is none. */
  String field() {
    return FIRST_FIELD.matcher(path).results().map(found -> found.group(1)).findFirst().orElse("");
  }

  /** Under another name: of two checks of one rule. */
  Check as(String name) {
    return new Check(rule, name, place, path, bad, says);
  }
}
