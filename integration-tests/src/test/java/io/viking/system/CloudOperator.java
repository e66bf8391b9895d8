package io.viking.system;

import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.sim.v1.OperatorServiceGrpc;
import io.viking.adapter.sim.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.viking.adapter.sim.v1.ReclaimRequest;
import io.viking.adapter.sim.v1.SetSpotPriceRequest;
import io.viking.adapter.sim.v1.SetStockRequest;
import io.viking.adapter.sim.v1.SetZoneRequest;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Does to the simulated cloud what befalls a real one. Returns when it is done there; the catalog's
 * watchers hear of it a quarter of a second later.
 */
public final class CloudOperator {
  public static final long UNBOUNDED = -1;

  private final Cluster.Dial adapter;

  CloudOperator(Cluster.Dial adapter) {
    this.adapter = adapter;
  }

  public void closeZone(String zone) throws IOException {
    setZone(zone, false);
  }

  public void openZone(String zone) throws IOException {
    setZone(zone, true);
  }

  /** Of every type: how many instances may live in the zone, those that do included. */
  public void setStock(String zone, long limit) throws IOException {
    setStock(zone, "", limit);
  }

  public void setStock(String zone, String type, long limit) throws IOException {
    act(
        operator ->
            operator.setStock(
                SetStockRequest.newBuilder()
                    .setZone(zone)
                    .setInstanceType(type)
                    .setLimit(limit)
                    .build()));
  }

  /**
   * @param type empty: every type
   * @param ppm parts per million of the on demand price
   */
  public void setSpotPrice(String zone, String type, long ppm) throws IOException {
    act(
        operator ->
            operator.setSpotPrice(
                SetSpotPriceRequest.newBuilder()
                    .setZone(zone)
                    .setInstanceType(type)
                    .setPpm(ppm)
                    .build()));
  }

  public void reclaim(String clusterId, String uid) throws IOException {
    act(
        operator ->
            operator.reclaim(
                ReclaimRequest.newBuilder().setClusterId(clusterId).setUid(uid).build()));
  }

  private void setZone(String zone, boolean available) throws IOException {
    act(
        operator ->
            operator.setZone(
                SetZoneRequest.newBuilder().setZone(zone).setAvailable(available).build()));
  }

  private void act(Consumer<OperatorServiceBlockingStub> call) throws IOException {
    try (AdapterChannel channel = adapter.open()) {
      call.accept(OperatorServiceGrpc.newBlockingStub(channel.channel()));
    }
  }
}
