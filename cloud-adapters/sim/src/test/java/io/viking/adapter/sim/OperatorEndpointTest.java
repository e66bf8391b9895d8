package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.v1.OperatorServiceGrpc;
import io.viking.adapter.sim.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.viking.adapter.sim.v1.ReclaimRequest;
import io.viking.adapter.sim.v1.SetSpotPriceRequest;
import io.viking.adapter.sim.v1.SetStockRequest;
import io.viking.adapter.sim.v1.SetZoneRequest;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Purchase;
import io.viking.cloud.v1.Zone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorEndpointTest {
  private static final String ZONE = "cn-hangzhou-h";
  private static final String CLUSTER = "cluster-a";

  @TempDir Path state;

  @Test
  void closedZone_sellsNothing_untilItIsOpened_andARestartKeepsIt() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      operator(sim).setZone(SetZoneRequest.newBuilder().setZone(ZONE).setAvailable(false).build());
    }
    try (ServedSim sim = served("base: instant")) {
      assertThat(zone(sim).getAvailable()).isFalse();
      assertThat(offers(sim)).allSatisfy(offer -> assertThat(offer.getStock()).isZero());

      operator(sim).setZone(SetZoneRequest.newBuilder().setZone(ZONE).setAvailable(true).build());

      assertThat(zone(sim).getAvailable()).isTrue();
      assertThat(offers(sim)).allSatisfy(offer -> assertThat(offer.getStock()).isEqualTo(-1));
    }
  }

  @Test
  void stockOfOneType_boundsThatTypeInThatZone() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      var request = SetStockRequest.newBuilder().setZone(ZONE).setInstanceType("2-4Gi").setLimit(7);

      assertThat(operator(sim).setStock(request.build()).getTypes()).isEqualTo(1);

      assertThat(catalog(sim).getOffersList())
          .allSatisfy(
              offer ->
                  assertThat(offer.getStock())
                      .isEqualTo(
                          offer.getZone().equals(ZONE) && offer.getInstanceType().equals("2-4Gi")
                              ? 7
                              : -1));
    }
  }

  @Test
  void stockOfAllTypes_isSetAtOnce() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      int types =
          operator(sim)
              .setStock(SetStockRequest.newBuilder().setZone(ZONE).setLimit(0).build())
              .getTypes();

      assertThat(offers(sim))
          .hasSize(types)
          .allSatisfy(offer -> assertThat(offer.getStock()).isZero());
    }
  }

  @Test
  void spotPrice_isAnsweredAsTheProfileBoundsIt() throws IOException {
    try (ServedSim sim = served("{base: instant, spot: {minimum: 0.2, maximum: 0.8}}")) {
      var request =
          SetSpotPriceRequest.newBuilder().setZone(ZONE).setInstanceType("2-4Gi").setPpm(500_000);
      assertThat(operator(sim).setSpotPrice(request.build()).getPpm()).isEqualTo(500_000);
      Offer offer =
          offers(sim).stream()
              .filter(of -> of.getInstanceType().equals("2-4Gi"))
              .findFirst()
              .orElseThrow();
      assertThat(offer.getSpot().getNanosPerSecond())
          .isEqualTo(offer.getOnDemand().getNanosPerSecond() / 2);

      assertThat(operator(sim).setSpotPrice(request.setPpm(900_000).build()).getPpm())
          .isEqualTo(800_000);
    }
  }

  @Test
  void reclaim_asksASpotInstanceToLeave_once() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      InstanceServiceGrpc.newBlockingStub(sim.channel())
          .createInstances(
              CreateInstancesRequest.newBuilder()
                  .setClusterId(CLUSTER)
                  .addInstances(
                      pod("a")
                          .purchase(Purchase.newBuilder().setKind(Purchase.Kind.SPOT_AS_PRICE_GO))
                          .spec())
                  .build());
      ReclaimRequest request =
          ReclaimRequest.newBuilder().setClusterId(CLUSTER).setUid("a").build();

      operator(sim).reclaim(request);

      assertThat(
              InstanceServiceGrpc.newBlockingStub(sim.channel())
                  .listInstances(
                      ListInstancesRequest.newBuilder().setClusterId(CLUSTER).addUids("a").build())
                  .getInstances(0)
                  .hasReclaimTime())
          .isTrue();
      assertThat(failure(sim, operator -> operator.reclaim(request)).reason())
          .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    }
  }

  @Test
  void whatDoesNotExist_isNamed_withWhatDoes() throws IOException {
    try (ServedSim sim = served("base: instant")) {
      assertThat(
              failure(sim, o -> o.setZone(SetZoneRequest.newBuilder().setZone("nowhere").build())))
          .satisfies(
              failure -> {
                assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
                assertThat(failure.message())
                    .isEqualTo(
                        "there is no zone \"nowhere\"; there are cn-hangzhou-h, cn-hangzhou-i,"
                            + " cn-hangzhou-j");
              });
      assertThat(
              failure(
                      sim,
                      o ->
                          o.setStock(
                              SetStockRequest.newBuilder()
                                  .setZone(ZONE)
                                  .setInstanceType("3-1Gi")
                                  .build()))
                  .message())
          .startsWith("there is no instance type \"3-1Gi\"");
      assertThat(
              failure(
                      sim,
                      o ->
                          o.setStock(
                              SetStockRequest.newBuilder().setZone(ZONE).setLimit(-2).build()))
                  .reason())
          .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    }
  }

  @Test
  void spotPrice_whereNoSpotIsSold_namesTheProfilesKey() throws IOException {
    try (ServedSim sim = served("{base: instant, spot: {enabled: false}}")) {
      assertThat(
              failure(
                      sim,
                      o -> o.setSpotPrice(SetSpotPriceRequest.newBuilder().setZone(ZONE).build()))
                  .message())
          .startsWith("spot.enabled is \"false\"");
    }
  }

  private ServedSim served(String yaml) throws IOException {
    return new ServedSim(Profiles.parse("test", yaml), state);
  }

  private static OperatorServiceBlockingStub operator(ServedSim sim) {
    return OperatorServiceGrpc.newBlockingStub(sim.channel());
  }

  private static CloudFailure failure(ServedSim sim, Consumer<OperatorServiceBlockingStub> act) {
    return CloudFailures.from(catchThrowable(() -> act.accept(operator(sim))));
  }

  private static GetCatalogResponse catalog(ServedSim sim) {
    return CatalogServiceGrpc.newBlockingStub(sim.channel())
        .getCatalog(GetCatalogRequest.getDefaultInstance());
  }

  private static Zone zone(ServedSim sim) {
    return catalog(sim).getZonesList().stream()
        .filter(zone -> zone.getId().equals(ZONE))
        .findFirst()
        .orElseThrow();
  }

  private static List<Offer> offers(ServedSim sim) {
    return catalog(sim).getOffersList().stream()
        .filter(offer -> offer.getZone().equals(ZONE))
        .toList();
  }
}
