package io.viking.scheduler.testing;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.Sites;
import io.viking.scheduler.zone.ZoneNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cloud to be sold in a test: zones h, i and j with a vSwitch each, and a few shapes and types,
 * all without bounds unless it is said.
 */
public final class Cloud {
  public static final Taint OURS = ZoneNode.OURS;

  private final Set<String> zones = new LinkedHashSet<>(List.of("h", "i", "j"));
  private final Map<String, InstanceType> types = new LinkedHashMap<>();
  private final Map<String, Long> stock = new LinkedHashMap<>();
  private final Map<String, Long> prices = new LinkedHashMap<>();
  private final Map<String, Long> addresses = new LinkedHashMap<>();
  private final Map<String, Quota> quotas = new LinkedHashMap<>();
  private final Set<String> closed = new LinkedHashSet<>();
  private final Set<String> onDemandOnly = new LinkedHashSet<>();
  private final Set<String> unsold = new LinkedHashSet<>();
  private long revision;

  public static Cloud cloud() {
    return new Cloud()
        .type("0.5-1Gi", 500, 1024, 0, true)
        .type("1-2Gi", 1000, 2048, 0, true)
        .type("1-8Gi", 1000, 8192, 0, true)
        .type("4-8Gi", 4000, 8192, 0, true)
        .type("8-16Gi", 8000, 16384, 0, true)
        .type("64-512Gi", 64000, 524288, 0, true)
        .type("ecs.c6.large", 2000, 4096, 0, false)
        .type("ecs.c6.xlarge", 4000, 8192, 0, false)
        .type("ecs.g6.large", 2000, 8192, 0, false)
        .arm("ecs.g8y.large", 2000, 8192)
        .arm("ecs.g8y.xlarge", 4000, 16384)
        .type("ecs.gn6v-c8g1.2xlarge", 8000, 32768, 1, false)
        .type("ecs.gn6v-c8g1.8xlarge", 32000, 131072, 4, false);
  }

  public Cloud zones(String... ids) {
    zones.clear();
    zones.addAll(List.of(ids));
    return this;
  }

  public Cloud type(String name, long milliVcpu, long memoryMib, int gpus, boolean shape) {
    return type(name, milliVcpu, memoryMib, gpus, "amd64", shape);
  }

  public Cloud arm(String name, long milliVcpu, long memoryMib) {
    return type(name, milliVcpu, memoryMib, 0, "arm64", false);
  }

  private Cloud type(
      String name, long milliVcpu, long memoryMib, int gpus, String architecture, boolean shape) {
    types.put(
        name,
        InstanceType.newBuilder()
            .setName(name)
            .setMilliVcpu(milliVcpu)
            .setMemoryMib(memoryMib)
            .setGpus(gpus)
            .setArchitecture(architecture)
            .setGeneralPurpose(shape)
            .build());
    return this;
  }

  public Cloud stock(String zone, String type, long value) {
    stock.put(zone + "/" + type, value);
    return this;
  }

  /** -1 = without bounds. */
  public long stockOf(String zone, String type) {
    return stock.getOrDefault(zone + "/" + type, -1L);
  }

  public Cloud price(String zone, String type, long nanos) {
    prices.put(zone + "/" + type, nanos);
    return this;
  }

  public Cloud addresses(String zone, long free) {
    addresses.put(zone, free);
    return this;
  }

  public Cloud quota(String name, long limit, long used) {
    quotas.put(name, Quota.newBuilder().setName(name).setLimit(limit).setUsed(used).build());
    return this;
  }

  public Cloud closed(String zone) {
    closed.add(zone);
    return this;
  }

  public Cloud reopen(String zone) {
    closed.remove(zone);
    return this;
  }

  public Cloud withoutSpot(String zone, String type) {
    onDemandOnly.add(zone + "/" + type);
    return this;
  }

  public Cloud notSelling(String zone, String type) {
    unsold.add(zone + "/" + type);
    return this;
  }

  public CatalogSnapshot snapshot() {
    var catalog = GetCatalogResponse.newBuilder().setRevision(++revision);
    catalog.addAllInstanceTypes(types.values()).addAllQuotas(quotas.values());
    for (String zone : zones) {
      catalog.addZones(
          Zone.newBuilder()
              .setId(zone)
              .setRegion("r")
              .setAvailable(!closed.contains(zone))
              .addVswitches(
                  VSwitch.newBuilder()
                      .setId("vsw-" + zone)
                      .setFreeAddresses(addresses.getOrDefault(zone, 60_000L))));
      for (InstanceType type : types.values()) {
        String key = zone + "/" + type.getName();
        if (!unsold.contains(key)) {
          long price = prices.getOrDefault(key, type.getMilliVcpu() * 49 + type.getMemoryMib() * 6);
          catalog.addOffers(
              Offer.newBuilder()
                  .setZone(zone)
                  .setInstanceType(type.getName())
                  .setStock(stock.getOrDefault(key, -1L))
                  .setOnDemand(price(price)));
          if (!onDemandOnly.contains(key)) {
            catalog.getOffersBuilder(catalog.getOffersCount() - 1).setSpot(price(price / 5));
          }
        }
      }
    }
    return CatalogSnapshot.of(catalog.build());
  }

  /** What is sold, over nodes for all zones. */
  public List<Site> sites() {
    var nodes = new ArrayList<ZoneNode>();
    zones.forEach(zone -> nodes.add(node(zone)));
    return sites(nodes);
  }

  /** What is sold, over these nodes. */
  public List<Site> sites(List<ZoneNode> nodes) {
    return sites(new Inventory(), nodes);
  }

  public List<Site> sites(Inventory inventory, List<ZoneNode> nodes) {
    var sites = new Sites(inventory);
    sites.catalogChanged(snapshot());
    nodes.forEach(sites::nodeSeen);
    return sites.all();
  }

  public static ZoneNode node(String zone, Taint... taints) {
    var all = new ArrayList<>(List.of(taints));
    all.add(OURS);
    return new ZoneNode(zone, labels(zone), all, false);
  }

  public static ZoneNode cordoned(String zone) {
    return new ZoneNode(zone, labels(zone), List.of(OURS), true);
  }

  public static Map<String, String> labels(String zone) {
    return Map.of(
        Shape.ZONE,
        zone,
        "topology.kubernetes.io/region",
        "r",
        "kubernetes.io/arch",
        "amd64",
        "kubernetes.io/os",
        "linux",
        "kubernetes.io/hostname",
        zone);
  }

  private static Price price(long nanos) {
    return Price.newBuilder().setCurrency("CNY").setNanosPerSecond(nanos).build();
  }
}
