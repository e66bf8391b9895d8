package io.viking.adapter.sim;

import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Reclaim;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.SetSpot;
import io.viking.adapter.sim.state.SetStock;
import io.viking.adapter.sim.state.SetZone;

/**
 * What is done to the cloud from outside, not through it. Every act is journalled before it takes
 * effect. Any thread.
 */
public final class Operator {
  private final LiveCloud cloud;

  Operator(LiveCloud cloud) {
    this.cloud = cloud;
  }

  /**
   * Bounds how many instances of a type can live in a zone; those that live count.
   *
   * @param type empty: every type
   * @param limit -1: no bound
   * @return false if there is no such zone or type
   */
  public boolean setStock(String zone, String type, long limit) {
    return operate(
        Operate.newBuilder()
            .setSetStock(SetStock.newBuilder().setZone(zone).setType(type).setLimit(limit)));
  }

  /** Takes a zone off sale or puts it back; what runs there goes on. False: no such zone. */
  public boolean setZoneAvailable(String zone, boolean available) {
    return operate(
        Operate.newBuilder()
            .setSetZone(SetZone.newBuilder().setZone(zone).setAvailable(available)));
  }

  /**
   * Sets the market price, within the profile's bounds, until the next interval moves it; who is
   * outbid and not protected is asked to leave.
   *
   * @param type empty: every type
   * @param ppm parts per million of the on demand price
   * @return false if there is no such zone or type
   */
  public boolean setSpotPrice(String zone, String type, long ppm) {
    return operate(
        Operate.newBuilder()
            .setSetSpot(SetSpot.newBuilder().setZone(zone).setType(type).setPpm(ppm)));
  }

  /** Takes a spot instance back after the notice, protected or not. False: no such one lives. */
  public boolean reclaim(String clusterId, String uid) {
    return operate(
        Operate.newBuilder().setReclaim(Reclaim.newBuilder().setCluster(clusterId).setUid(uid)));
  }

  private boolean operate(Operate.Builder act) {
    return cloud.command(
        ignored -> at -> Record.newBuilder().setOperate(act.setNow(at.toEpochMilli())).build(),
        now -> at -> now.operate(act.build()));
  }
}
