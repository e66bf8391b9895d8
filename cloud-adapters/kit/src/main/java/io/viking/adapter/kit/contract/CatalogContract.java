package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.CatalogServiceGrpc.CatalogServiceBlockingStub;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
import io.viking.cloud.v1.ZoneCandidate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be bought, for how much, and what was. */
public abstract class CatalogContract extends ContractTopic {
  @Test
  void zones_areDnsLabels_withARegion() {
    List<Zone> zones = catalog().getZonesList();

    assertThat(zones).extracting(Zone::getId).isNotEmpty().doesNotHaveDuplicates();
    assertThat(zones)
        .allSatisfy(
            zone -> {
              assertThat(zone.getId()).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
              assertThat(zone.getRegion()).as("region of %s", zone.getId()).isNotBlank();
            });
  }

  @Test
  void zonesOnSale_haveVSwitches() {
    for (Zone zone : catalog().getZonesList()) {
      assertThat(zone.getVswitchesList())
          .extracting(VSwitch::getId)
          .as("vSwitches of %s", zone.getId())
          .doesNotHaveDuplicates()
          .allMatch(id -> !id.isBlank());
      assertThat(zone.getVswitchesList())
          .as("free addresses in %s", zone.getId())
          .allMatch(vswitch -> vswitch.getFreeAddresses() >= 0);
      assertThat(!zone.getAvailable() || zone.getVswitchesCount() > 0)
          .as("%s is on sale and has a vSwitch", zone.getId())
          .isTrue();
    }
  }

  @Test
  void zonesOfTheHarness_areInTheCatalog() {
    assertThat(catalog().getZonesList())
        .extracting(Zone::getId)
        .containsAll(adapter().zones().stream().map(ZoneCandidate::getZone).toList());
  }

  @Test
  void instanceTypes_haveASizeAndAnArchitectureOfThePool() {
    Set<String> architectures = Set.copyOf(info().getCapabilities().getArchitecturesList());

    assertThat(catalog().getInstanceTypesList())
        .isNotEmpty()
        .allSatisfy(
            type -> {
              assertThat(type.getMilliVcpu()).as("vCPU of %s", type.getName()).isPositive();
              assertThat(type.getMemoryMib()).as("memory of %s", type.getName()).isPositive();
              assertThat(architectures).contains(type.getArchitecture());
            })
        .extracting(InstanceType::getName)
        .doesNotHaveDuplicates();
  }

  @Test
  void offers_nameAZoneAndATypeOfTheCatalog_eachPairOnce() {
    GetCatalogResponse catalog = catalog();
    Set<String> zones =
        catalog.getZonesList().stream().map(Zone::getId).collect(Collectors.toSet());
    Set<String> types =
        catalog.getInstanceTypesList().stream()
            .map(InstanceType::getName)
            .collect(Collectors.toSet());

    assertThat(catalog.getOffersList())
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              assertThat(zones).contains(offer.getZone());
              assertThat(types).contains(offer.getInstanceType());
            })
        .extracting(offer -> offer.getZone() + "/" + offer.getInstanceType())
        .doesNotHaveDuplicates();
  }

  @Test
  void offers_haveAPrice_andAStockOrNone() {
    assertThat(catalog().getOffersList())
        .allSatisfy(
            offer -> {
              assertThat(offer.getStock()).isGreaterThanOrEqualTo(-1);
              assertPrice(offer.getOnDemand());
              if (offer.hasSpot()) {
                assertPrice(offer.getSpot());
              }
            });
  }

  @Test
  void watch_fromTheCatalogsRevision_answersAtOnce() {
    long revision = catalog().getRevision();

    WatchCatalogResponse first = watch(revision).next();

    assertThat(first.getRevision()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  void watch_fromARevisionThatWasNeverGiven_isTooOld() {
    Throwable thrown = catchThrowable(() -> watch(Long.MAX_VALUE).next());

    assertThat(thrown).as("failure of the watch").isNotNull();
    assertThat(CloudFailures.from(thrown).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_REVISION_TOO_OLD);
  }

  @Test
  void watch_whenAZoneSellsOut_tellsItsOffersAreGone() {
    AdapterUnderTest.Stock stock = needs(adapter().stock(), "make a zone run out of stock");
    String zone = adapter().zones().getFirst().getZone();
    Iterator<WatchCatalogResponse> watch = watch(catalog().getRevision());

    stock.sellOut(zone);

    Offer soldOut = firstSoldOut(watch, zone);
    assertThat(catalog().getOffersList())
        .as("the catalog agrees with its watch")
        .filteredOn(offer -> offer.getInstanceType().equals(soldOut.getInstanceType()))
        .filteredOn(offer -> offer.getZone().equals(zone))
        .extracting(Offer::getStock)
        .containsExactly(0L);
  }

  @Test
  void quotas_haveANameOnce_andTheLimitsOfTheAccount() {
    List<Quota> quotas = catalog().getQuotasList();
    List<Quota> ofTheAccount = account("").getQuotasList();

    assertThat(quotas)
        .allSatisfy(
            quota -> {
              assertThat(quota.getName()).isNotBlank();
              assertThat(quota.getLimit()).isGreaterThanOrEqualTo(-1);
              assertThat(quota.getUsed()).isNotNegative();
              assertThat(ofTheAccount)
                  .as("the account's quota of %s", quota.getName())
                  .filteredOn(other -> other.getName().equals(quota.getName()))
                  .extracting(Quota::getLimit)
                  .containsExactly(quota.getLimit());
            })
        .extracting(Quota::getName)
        .doesNotHaveDuplicates();
  }

  @Test
  void watch_whenAnInstanceIsMade_tellsWhatIsUsedOfTheQuota() {
    GetCatalogResponse before = catalog();
    onlyIf(instances(before.getQuotasList()).isPresent(), "the account bounds no instances");
    Iterator<WatchCatalogResponse> watch = watch(before.getRevision());
    TestCluster cluster = newCluster();

    cluster.running(cluster.spec().build());

    assertThat(nextInstances(watch).getUsed()).as("instances used").isPositive();
  }

  @Test
  void account_counts_theInstancesOfTheCluster() {
    TestCluster cluster = newCluster();
    cluster.running(cluster.spec().build());
    cluster.running(cluster.spec().build());

    await("two live instances in the account")
        .atMost(adapter().patience())
        .until(() -> account(cluster.id()).getLiveInstances() == 2);
    GetAccountResponse account = account(cluster.id());
    assertThat(account.getCreatedInstances()).isEqualTo(2);
    assertThat(account.getCurrency()).matches("[A-Z]{3}");
    assertThat(account.hasNow()).as("the cloud's time").isTrue();
    assertThat(account(newCluster().id()).getLiveInstances())
        .as("live instances of another cluster")
        .isZero();
  }

  private static void assertPrice(Price price) {
    assertThat(price.getCurrency()).matches("[A-Z]{3}");
    assertThat(price.getNanosPerSecond()).isNotNegative();
  }

  private static Offer firstSoldOut(Iterator<WatchCatalogResponse> watch, String zone) {
    while (true) {
      for (Offer offer : watch.next().getOffersList()) {
        if (offer.getZone().equals(zone) && offer.getStock() == 0) {
          return offer;
        }
      }
    }
  }

  private static Quota nextInstances(Iterator<WatchCatalogResponse> watch) {
    while (true) {
      Optional<Quota> told = instances(watch.next().getQuotasList());
      if (told.isPresent()) {
        return told.get();
      }
    }
  }

  private static Optional<Quota> instances(List<Quota> quotas) {
    return quotas.stream()
        .filter(quota -> quota.getName().equals("instances") && quota.getLimit() >= 0)
        .findFirst();
  }

  private Iterator<WatchCatalogResponse> watch(long revision) {
    return calls().watchCatalog(WatchCatalogRequest.newBuilder().setRevision(revision).build());
  }

  private GetCatalogResponse catalog() {
    return calls().getCatalog(GetCatalogRequest.getDefaultInstance());
  }

  private GetAccountResponse account(String clusterId) {
    return calls().getAccount(GetAccountRequest.newBuilder().setClusterId(clusterId).build());
  }

  /** With a deadline, which ends a watch that brings nothing. */
  private CatalogServiceBlockingStub calls() {
    return CatalogServiceGrpc.newBlockingStub(adapter().channel())
        .withDeadlineAfter(adapter().patience());
  }
}
