package io.viking.cli.hybrid;

import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.MutatingPolicies;
import java.util.List;

/**
 * The policies that set {@code spec.schedulerName} of pods that choose zones; a file of the jar.
 */
final class ChoiceManifest {
  private ChoiceManifest() {}

  /** In the order in which they are applied: a policy, then what puts it into force. */
  static List<InstalledObject> documents() {
    return MutatingPolicies.of(ChoiceManifest.class, "choice.yaml");
  }
}
