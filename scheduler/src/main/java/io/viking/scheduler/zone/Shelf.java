package io.viking.scheduler.zone;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.Bid;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can still be had in one zone: what the cloud shows, less placements that it does not show
 * yet, and less what it refused not long ago.
 */
public interface Shelf {
  /** Stands for "as many as you like" and for "unknown". */
  long UNBOUNDED = Long.MAX_VALUE;

  /** Whether the zone has ever offered the type. */
  boolean sells(String type);

  /** All types that the zone has ever offered. */
  List<InstanceType> types();

  /** Instances of a type; 0 if the zone does not sell it, or not at a price that the pod pays. */
  long left(String type, Optional<Bid> bid);

  /** Of a pod that does not bid. */
  default long left(String type) {
    return left(type, Optional.empty());
  }

  /** What the cloud refused, if the zone has more of the type than {@link #left} says. */
  Optional<CoolDowns.Cause> coolDown(String type, Optional<Bid> bid);

  /**
   * Addresses of some vSwitches; of all of the zone if none are named.
   *
   * @return {@link #UNBOUNDED} if the zone reports no vSwitches
   */
  long addresses(Collection<String> vswitches);

  /** Whether the cloud refused an address, so that there may be more than it is said. */
  boolean isShortOfAddresses();

  /**
   * What the pod would pay: the market price where it bids and its limit holds, else the price on
   * demand, unless it bids without a fallback.
   *
   * @return billionths of the currency's unit per second; empty if it is not sold so
   */
  OptionalLong price(String type, Optional<Bid> bid);

  /** The market price, in billionths of the currency's unit per second; empty if there is none. */
  OptionalLong spotPrice(String type);
}
