package io.viking.scheduler.pod;

import java.util.List;
import java.util.Optional;

/**
 * What a pod's annotations say about where and how its instance is bought, as far as it chooses a
 * zone.
 *
 * @param types names of instance types in order of preference; empty: the cheapest that holds it
 * @param vswitches ids; empty: any
 * @param vswitchesInOrder the first vSwitch's zone is filled before the next
 * @param bid empty: bought on demand
 * @param families of the types
 * @param failFast it would rather fail than wait: for stock, for a quota, for an even spread
 */
public record CloudWishes(
    List<String> types,
    List<String> vswitches,
    boolean vswitchesInOrder,
    Optional<Bid> bid,
    FamilyWishes families,
    boolean failFast) {
  public static final CloudWishes NONE =
      new CloudWishes(List.of(), List.of(), false, Optional.empty(), FamilyWishes.NONE, false);

  public CloudWishes {
    types = List.copyOf(types);
    vswitches = List.copyOf(vswitches);
  }

  /** Whether the pod says what it may become, so that nothing is chosen for it by size alone. */
  public boolean nameTypes() {
    return !types.isEmpty() || families.choose();
  }
}
