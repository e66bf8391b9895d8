package io.viking.cli.bench.placement;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Price;
import io.viking.cloud.v1.Zone;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * What three zones sell: prices on demand that differ from zone to zone, spot prices that walk at
 * random, and stock that runs out and returns. Moves by itself and by its seed alone, whatever is
 * bought: the same for all rivals.
 */
final class Market {
  static final String CURRENCY = "CNY";
  static final List<String> ZONES = List.of("zone-a", "zone-b", "zone-c");

  /** Seconds between two moves. */
  static final long TICK = 60;

  private static final int TICKS_PER_PRICE = 5;
  private static final double LOWEST = 0.1;
  private static final double HIGHEST = 1;
  private static final double STEP = 0.04;

  /** Once in two days for each type and zone. */
  private static final double SHORTAGE = 1.0 / (2 * 24 * 60);

  /** Once a day for each zone, of everything. */
  private static final double ZONE_SHORTAGE = 1.0 / (24 * 60);

  private static final long VCPU_NANOS = 49_000;
  private static final long GIB_NANOS = 6_130;
  private static final long[][] SHAPES = {
    {500, 1, 2},
    {1000, 2, 4, 8},
    {2000, 2, 4, 8, 16},
    {4000, 4, 8, 16, 32},
    {8000, 16, 32, 64},
    {12000, 24, 48, 96},
    {16000, 32, 64, 128},
    {32000, 64, 128, 256},
    {64000, 128, 256, 512},
  };

  private final RandomGenerator random;
  private final Map<String, InstanceType> types = new LinkedHashMap<>();
  private final Map<CatalogSnapshot.OfferKey, Stand> stands = new LinkedHashMap<>();
  private long ticks;

  /** One type in one zone. */
  private static final class Stand {
    final long onDemand;
    final int most;
    double part;
    long shortUntil;

    Stand(long onDemand, int most, double part) {
      this.onDemand = onDemand;
      this.most = most;
      this.part = part;
    }
  }

  Market(RandomGenerator random) {
    this.random = random;
    for (long[] row : SHAPES) {
      for (int i = 1; i < row.length; i++) {
        InstanceType type = type(row[0], row[i]);
        types.put(type.getName(), type);
      }
    }
    for (String zone : ZONES) {
      double level = random.nextDouble(0.92, 1.08);
      for (InstanceType type : types.values()) {
        stands.put(
            new CatalogSnapshot.OfferKey(zone, type.getName()),
            new Stand(
                Math.round(level * onDemand(type)),
                random.nextInt(100, 400),
                random.nextDouble(0.2, 0.5)));
      }
    }
  }

  /** Another minute has gone by. */
  void tick() {
    ticks++;
    for (String zone : ZONES) {
      long until = shortage(ZONE_SHORTAGE, 20, 60);
      stands.forEach(
          (key, stand) -> {
            if (key.zone().equals(zone)) {
              stand.shortUntil =
                  Math.max(stand.shortUntil, Math.max(until, shortage(SHORTAGE, 20, 180)));
              move(stand);
            }
          });
    }
  }

  /** Billionths per second that an instance costs now. */
  long price(CatalogSnapshot.OfferKey key, boolean spot) {
    Stand stand = stand(key);
    return spot ? spotPrice(stand) : stand.onDemand;
  }

  /**
   * What the cloud says now.
   *
   * @param live how many instances there are of an offer
   */
  CatalogSnapshot catalog(ToIntFunction<CatalogSnapshot.OfferKey> live) {
    var catalog = GetCatalogResponse.newBuilder().setRevision(ticks + 1);
    ZONES.forEach(zone -> catalog.addZones(Zone.newBuilder().setId(zone).setAvailable(true)));
    catalog.addAllInstanceTypes(types.values());
    stands.forEach(
        (key, stand) ->
            catalog.addOffers(
                Offer.newBuilder()
                    .setZone(key.zone())
                    .setInstanceType(key.instanceType())
                    .setStock(stock(stand, live.applyAsInt(key)))
                    .setOnDemand(price(stand.onDemand))
                    .setSpot(price(spotPrice(stand)))));
    return CatalogSnapshot.of(catalog.build());
  }

  private long stock(Stand stand, int live) {
    return ticks < stand.shortUntil ? 0 : Math.max(0, stand.most - live);
  }

  private void move(Stand stand) {
    if (ticks % TICKS_PER_PRICE == 0) {
      stand.part = Math.clamp(stand.part + random.nextDouble(-STEP, STEP), LOWEST, HIGHEST);
    }
  }

  /**
   * Draws whether a shortage begins: until which tick it lasts, or 0. Draws as often either way.
   */
  private long shortage(double chance, int least, int most) {
    boolean begins = random.nextDouble() < chance;
    int minutes = random.nextInt(least, most);
    return begins ? ticks + minutes : 0;
  }

  private Stand stand(CatalogSnapshot.OfferKey key) {
    Stand stand = stands.get(key);
    if (stand == null) {
      throw new IllegalArgumentException("nobody sells " + key);
    }
    return stand;
  }

  private static long spotPrice(Stand stand) {
    return Math.round(stand.part * stand.onDemand);
  }

  private static long onDemand(InstanceType type) {
    return (type.getMilliVcpu() * VCPU_NANOS) / 1000 + type.getMemoryMib() * GIB_NANOS / 1024;
  }

  private static InstanceType type(long milliVcpu, long gib) {
    String vcpu = BigDecimal.valueOf(milliVcpu, 3).stripTrailingZeros().toPlainString();
    return InstanceType.newBuilder()
        .setName(vcpu + "-" + gib + "Gi")
        .setMilliVcpu(milliVcpu)
        .setMemoryMib(gib * 1024)
        .setArchitecture("amd64")
        .setGeneralPurpose(true)
        .build();
  }

  private static Price price(long nanos) {
    return Price.newBuilder().setCurrency(CURRENCY).setNanosPerSecond(nanos).build();
  }
}
