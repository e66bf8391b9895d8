package io.viking.scheduler.pod;

import java.util.List;

/**
 * What a pod's annotations say about where and how its instance is bought, as far as it chooses a
 * zone.
 *
 * @param types names of instance types in order of preference; empty: the cheapest that holds it
 * @param vswitches ids; empty: any
 * @param vswitchesInOrder the first vSwitch's zone is filled before the next
 * @param spot it bids, so that the market price is its price
 */
public record CloudWishes(
    List<String> types, List<String> vswitches, boolean vswitchesInOrder, boolean spot) {
  public static final CloudWishes NONE = new CloudWishes(List.of(), List.of(), false, false);

  public CloudWishes {
    types = List.copyOf(types);
    vswitches = List.copyOf(vswitches);
  }
}
