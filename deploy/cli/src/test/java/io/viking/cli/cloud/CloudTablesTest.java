package io.viking.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.CallCount;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloudTablesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_090);

  @Test
  void instances_areSortedAndSayWhatTheyCost() {
    var running =
        Instance.newBuilder()
            .setNamespace("default")
            .setName("web-2")
            .setPhase(InstancePhase.INSTANCE_PHASE_RUNNING)
            .setInstanceType("1-2Gi")
            .setZone("cn-hangzhou-h")
            .addAddresses("10.1.0.7")
            .setPrice(Price.newBuilder().setCurrency("CNY").setNanosPerSecond(61_260))
            .setSpot(true)
            .setCreateTime(Timestamp.newBuilder().setSeconds(1_000_000))
            .setInstanceId("eci-2");
    var stopping =
        running
            .clone()
            .setName("web-1")
            .setSpot(false)
            .clearAddresses()
            .setStopTime(Timestamp.newBuilder().setSeconds(1_000_080))
            .setInstanceId("eci-1");

    assertThat(
            InstancesCommand.table(
                    ListInstancesResponse.newBuilder()
                        .addInstances(running)
                        .addInstances(stopping)
                        .build(),
                    NOW)
                .lines())
        .containsExactly(
            "NAMESPACE   POD     PHASE               TYPE    ZONE            ADDRESS    PRICE/H           AGE   INSTANCE",
            "default     web-1   Running, stopping   1-2Gi   cn-hangzhou-h   -          0.2205 CNY        90s   eci-1",
            "default     web-2   Running             1-2Gi   cn-hangzhou-h   10.1.0.7   0.2205 CNY spot   90s   eci-2");
  }

  @Test
  void instances_none_saysSo() {
    assertThat(InstancesCommand.table(ListInstancesResponse.getDefaultInstance(), NOW))
        .isEqualTo("The cloud has no instances of this cluster.\n");
  }

  @Test
  void zones_showRoomAddressesAndStock() {
    var catalog =
        GetCatalogResponse.newBuilder()
            .addZones(
                Zone.newBuilder()
                    .setId("cn-hangzhou-h")
                    .setRegion("cn-hangzhou")
                    .setAvailable(true)
                    .setCapacityInstances(1000)
                    .setCapacityMilliVcpu(64_000)
                    .addVswitches(VSwitch.newBuilder().setId("vsw-1").setFreeAddresses(250)))
            .addOffers(Offer.newBuilder().setZone("cn-hangzhou-h").setStock(0))
            .addOffers(Offer.newBuilder().setZone("cn-hangzhou-h").setStock(-1))
            .addOffers(Offer.newBuilder().setZone("cn-hangzhou-i").setStock(5))
            .build();

    assertThat(ZonesCommand.table(catalog).lines())
        .containsExactly(
            "ZONE            REGION        AVAILABLE   INSTANCES   VCPU   MEMORY   GPUS   VSWITCHES   FREE ADDRESSES   TYPES IN STOCK",
            "cn-hangzhou-h   cn-hangzhou   yes         1000        64     -        0      vsw-1       250              1 of 2");
  }

  @Test
  void types_showPricesAndStockOfEachZone_asFarAsTheFilterLetsThem() {
    var catalog =
        GetCatalogResponse.newBuilder()
            .addInstanceTypes(
                InstanceType.newBuilder()
                    .setName("ecs.gn6v-c8g1.2xlarge")
                    .setMilliVcpu(8000)
                    .setMemoryMib(32_768)
                    .setGpus(1)
                    .setGpuModel("V100")
                    .setArchitecture("amd64"))
            .addInstanceTypes(
                InstanceType.newBuilder()
                    .setName("0.5-1Gi")
                    .setMilliVcpu(500)
                    .setMemoryMib(1024)
                    .setArchitecture("amd64")
                    .setGeneralPurpose(true))
            .addOffers(offer("h", "0.5-1Gi", 0))
            .addOffers(offer("i", "0.5-1Gi", -1).setSpot(price(10_000)))
            .addOffers(offer("i", "ecs.gn6v-c8g1.2xlarge", 5))
            .build();

    assertThat(TypesCommand.table(new TypesCommand.Filter("", "", "", false).of(catalog)).lines())
        .containsExactly(
            "TYPE                    VCPU   MEMORY   GPUS     ARCH    ZONE   PRICE/H      SPOT/H       STOCK",
            "0.5-1Gi                 0.5    1 GiB    -        amd64   h      0.2205 CNY   -            0",
            "0.5-1Gi                 0.5    1 GiB    -        amd64   i      0.2205 CNY   0.0360 CNY   unlimited",
            "ecs.gn6v-c8g1.2xlarge   8      32 GiB   1 V100   amd64   i      0.2205 CNY   -            5");
    assertThat(new TypesCommand.Filter("", "h", "", false).of(catalog).getInstanceTypesList())
        .extracting(InstanceType::getName)
        .containsExactly("0.5-1Gi");
    assertThat(new TypesCommand.Filter("", "", "", true).of(catalog).getOffersList())
        .containsExactly(offer("i", "ecs.gn6v-c8g1.2xlarge", 5).build());
    assertThat(new TypesCommand.Filter("ecs", "", "amd64", false).of(catalog).getOffersList())
        .hasSize(1);
    assertThat(TypesCommand.table(new TypesCommand.Filter("", "", "arm64", false).of(catalog)))
        .isEqualTo(
            "The cloud sells nothing of the kind: \"viking cloud types\" lists all that there is.\n");
  }

  private static Offer.Builder offer(String zone, String type, long stock) {
    return Offer.newBuilder()
        .setZone(zone)
        .setInstanceType(type)
        .setStock(stock)
        .setOnDemand(price(61_260));
  }

  private static Price price(long nanosPerSecond) {
    return Price.newBuilder().setCurrency("CNY").setNanosPerSecond(nanosPerSecond).build();
  }

  @Test
  void account_showsMoneyQuotasAndCalls() {
    var account =
        GetAccountResponse.newBuilder()
            .setCurrency("CNY")
            .setSpentNanos(12_345_678_901L)
            .setSpendingNanosPerSecond(1_000_000)
            .setLiveInstances(3)
            .setCreatedInstances(10)
            .setInstanceSeconds(9_000)
            .addQuotas(Quota.newBuilder().setName("instances").setLimit(-1).setUsed(3))
            .putCalls(
                "CreateInstances", CallCount.newBuilder().setReceived(7).setThrottled(2).build())
            .build();

    assertThat(AccountCommand.text(account))
        .isEqualTo(
            """
            spent            12.3457 CNY
            spending         3.6000 CNY per hour
            instances        3 live, 10 since the account began
            instance time    2.50 h

            QUOTA       USED   LIMIT
            instances   3      none

            CALL              RECEIVED   THROTTLED   FAILED
            CreateInstances   7          2           0
            """);
  }
}
