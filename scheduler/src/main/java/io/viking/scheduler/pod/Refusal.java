package io.viking.scheduler.pod;

import java.util.Map;

/**
 * What the cloud last said to a placed pod's create, as its condition ContainerInstanceCreated
 * tells. Nobody acts on the message's text.
 */
public enum Refusal {
  /** Nothing bad. */
  NONE,
  /** No stock of any of its types in any of its zones. */
  NO_STOCK,
  /** No free address in any of its zones. */
  NO_ADDRESS,
  /** The market price is above its limit in all of its zones. */
  BID_TOO_LOW,
  /** Something that says nothing of a zone: quota, an invalid spec … */
  OTHER;

  private static final Map<String, Refusal> BY_REASON =
      Map.of(
          "NoStock", NO_STOCK, "ResourceInsufficient", NO_ADDRESS, "SpotPriceTooLow", BID_TOO_LOW);

  /**
   * @param reason of the condition while it is False
   */
  static Refusal of(String reason) {
    return BY_REASON.getOrDefault(reason, OTHER);
  }
}
