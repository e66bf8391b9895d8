package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.sim.core.Times;
import io.viking.adapter.sim.core.Usage;
import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.cloud.v1.CatalogServiceGrpc.CatalogServiceImplBase;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;

/** What can be bought, and what was spent. */
final class CatalogEndpoint extends CatalogServiceImplBase {
  private final LiveCloud cloud;
  private final Front front;

  CatalogEndpoint(LiveCloud cloud, Front front) {
    this.cloud = cloud;
    this.front = front;
  }

  @Override
  public void getCatalog(GetCatalogRequest request, StreamObserver<GetCatalogResponse> caller) {
    front.unary(
        Operation.CATALOG,
        "GetCatalog",
        caller,
        () -> {
          LiveCloud.Catalog catalog = cloud.catalog();
          return GetCatalogResponse.newBuilder()
              .setRevision(catalog.revision())
              .addAllZones(catalog.view().zones())
              .addAllInstanceTypes(catalog.view().types())
              .addAllOffers(catalog.view().offers())
              .addAllQuotas(catalog.view().quotas())
              .build();
        });
  }

  @Override
  public void watchCatalog(
      WatchCatalogRequest request, StreamObserver<WatchCatalogResponse> caller) {
    front.stream(
        Operation.WATCH, "WatchCatalog", () -> cloud.catalogChanges.watch(request, caller));
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> caller) {
    front.unary(
        Operation.CATALOG,
        "GetAccount",
        caller,
        () ->
            cloud.read(
                now -> {
                  Usage usage = now.usage(request.getClusterId());
                  return GetAccountResponse.newBuilder()
                      .setNow(Times.timestamp(now.now().toEpochMilli()))
                      .setCurrency(now.profile().currency())
                      .setSpentNanos(usage.spentNanos())
                      .setSpendingNanosPerSecond(usage.nanosPerSecond())
                      .setInstanceSeconds(usage.instanceSeconds())
                      .setLiveInstances(usage.live())
                      .setCreatedInstances(usage.created())
                      .addAllQuotas(now.quotas())
                      .putAllCalls(front.calls())
                      .build();
                }));
  }
}
