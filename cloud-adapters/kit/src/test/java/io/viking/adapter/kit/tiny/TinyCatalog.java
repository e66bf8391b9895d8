package io.viking.adapter.kit.tiny;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.stream.CatalogChanges;
import io.viking.cloud.v1.CatalogServiceGrpc.CatalogServiceImplBase;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Two zones that sell three sizes until they are sold out. */
final class TinyCatalog extends CatalogServiceImplBase {
  static final Price PRICE =
      Price.newBuilder().setCurrency("CNY").setNanosPerSecond(49_000).build();

  private static final List<String> ZONES = List.of("tiny-a", "tiny-b");
  private static final List<InstanceType> TYPES =
      List.of(type("1-2Gi", 1, 2), type("2-4Gi", 2, 4), type("4-8Gi", 4, 8));

  private final TinyPool pool;
  private final CatalogChanges changes;
  private final Set<String> soldOut = new HashSet<>();
  private long revision;

  TinyCatalog(TinyPool pool, long revision, Executor executor) {
    this.pool = pool;
    this.revision = revision;
    this.changes = new CatalogChanges(1000, revision, executor);
  }

  static boolean hasZone(String zone) {
    return ZONES.contains(zone);
  }

  static boolean hasType(String name) {
    return TYPES.stream().anyMatch(type -> type.getName().equals(name));
  }

  /** The smallest type that holds this much. */
  static Optional<InstanceType> smallest(long milliVcpu, long memoryMib) {
    return TYPES.stream()
        .filter(type -> type.getMilliVcpu() >= milliVcpu && type.getMemoryMib() >= memoryMib)
        .findFirst();
  }

  synchronized boolean sells(String zone) {
    return !soldOut.contains(zone);
  }

  synchronized void sellOut(String zone) {
    soldOut.add(zone);
    revision = changes.changed(revision, TYPES.stream().map(type -> offer(zone, type)).toList());
  }

  @Override
  public void getCatalog(GetCatalogRequest request, StreamObserver<GetCatalogResponse> caller) {
    caller.onNext(catalog());
    caller.onCompleted();
  }

  @Override
  public void watchCatalog(
      WatchCatalogRequest request, StreamObserver<WatchCatalogResponse> caller) {
    changes.watch(request, caller);
  }

  @Override
  public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> caller) {
    caller.onNext(pool.account(request.getClusterId()));
    caller.onCompleted();
  }

  private synchronized GetCatalogResponse catalog() {
    var catalog = GetCatalogResponse.newBuilder().setRevision(revision).addAllInstanceTypes(TYPES);
    for (String zone : ZONES) {
      catalog
          .addZonesBuilder()
          .setId(zone)
          .setRegion("tiny")
          .setAvailable(true)
          .addVswitches(VSwitch.newBuilder().setId("vsw-" + zone).setFreeAddresses(1000));
      TYPES.forEach(type -> catalog.addOffers(offer(zone, type)));
    }
    return catalog.build();
  }

  private synchronized Offer offer(String zone, InstanceType type) {
    return Offer.newBuilder()
        .setZone(zone)
        .setInstanceType(type.getName())
        .setStock(soldOut.contains(zone) ? 0 : -1)
        .setOnDemand(PRICE)
        .build();
  }

  private static InstanceType type(String name, int vcpu, int gib) {
    return InstanceType.newBuilder()
        .setName(name)
        .setMilliVcpu(vcpu * 1000L)
        .setMemoryMib(gib * 1024L)
        .setArchitecture("amd64")
        .setGeneralPurpose(true)
        .build();
  }
}
