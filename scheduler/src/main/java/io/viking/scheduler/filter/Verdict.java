package io.viking.scheduler.filter;

import io.viking.scheduler.zone.Cure;
import java.util.Set;

/** What a filter says to a zone. */
public sealed interface Verdict {
  Verdict PASS = new Pass();

  /** The zone may be used, as far as this filter goes. */
  record Pass() implements Verdict {}

  /**
   * The zone cannot be used now.
   *
   * @param reason follows a number of zones in the message to the user: "out of stock for 2-4Gi"
   * @param cures the changes that may turn this verdict, no others wake the group
   */
  record Reject(String reason, Set<Cure> cures) implements Verdict {
    public Reject {
      cures = Set.copyOf(cures);
    }
  }

  static Verdict reject(String reason, Cure... cures) {
    return new Reject(reason, Set.of(cures));
  }
}
