package io.viking.scheduler.zone;

import io.viking.cloud.v1.InstanceType;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** What can still be had in one zone, placements taken off that the cloud does not show yet. */
public interface Shelf {
  /** Stands for "as many as you like" and for "unknown". */
  long UNBOUNDED = Long.MAX_VALUE;

  /** Whether the zone has ever offered the type. */
  boolean sells(String type);

  /** All types that the zone has ever offered. */
  List<InstanceType> types();

  /** Instances of a type; 0 if the zone does not sell it. */
  long left(String type);

  /**
   * Addresses of some vSwitches; of all of the zone if none are named.
   *
   * @return {@link #UNBOUNDED} if the zone reports no vSwitches
   */
  long addresses(Collection<String> vswitches);

  /** Billionths of the currency's unit per second; empty if it is not sold so. */
  OptionalLong price(String type, boolean spot);
}
