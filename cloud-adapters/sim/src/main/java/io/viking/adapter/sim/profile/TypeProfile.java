package io.viking.adapter.sim.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What can be bought.
 *
 * @param name a shape ("2-4Gi") or a named type ("ecs.c6.large")
 * @param gpuModel empty without GPUs
 * @param architecture as in the label kubernetes.io/arch
 * @param priceNanos billionths of the currency's unit per second, on demand
 * @param shape true for the shapes, from which a pod without a type of its own gets one
 */
public record TypeProfile(
    String name,
    long milliVcpu,
    long memoryMib,
    int gpus,
    String gpuModel,
    String architecture,
    long priceNanos,
    boolean shape) {

  /** vCPU in thousandths, then the GiB in thousandths that go with it: the public table. */
  private static final long[][] SHAPES = {
    {250, 500, 1000},
    {500, 1000, 2000},
    {1000, 2000, 4000, 8000},
    {2000, 2000, 4000, 8000, 16000},
    {4000, 4000, 8000, 16000, 32000},
    {8000, 16000, 32000, 64000},
    {12000, 12000, 24000, 48000, 96000},
    {16000, 16000, 32000, 64000, 128000},
    {24000, 48000, 96000, 192000},
    {32000, 64000, 128000, 256000},
    {52000, 96000, 192000, 384000},
    {64000, 128000, 256000, 512000},
  };

  private static final String USUAL_ARCHITECTURE = "amd64";
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

  /** Money per second of what is sold by size, billionths. */
  record Prices(String currency, long vcpuNanos, long gibNanos) {
    static Prices read(YamlMap map) {
      String currency = map.text("currency");
      if (!currency.matches("[A-Z]{3}")) {
        throw map.wrong("currency", "write an ISO 4217 code, like CNY");
      }
      return new Prices(currency, nanos(map, "vcpuSecond"), nanos(map, "gibSecond"));
    }

    private static long nanos(YamlMap map, String key) {
      return map.decimal(key, "0", "1000").multiply(BILLION).longValue();
    }

    long of(long milliVcpu, long memoryMib) {
      return milliVcpu * vcpuNanos / 1000 + memoryMib * gibNanos / 1024;
    }
  }

  /** The shapes, cheapest first. */
  static List<TypeProfile> shapes(Prices prices) {
    List<TypeProfile> shapes = new ArrayList<>();
    for (long[] row : SHAPES) {
      for (int i = 1; i < row.length; i++) {
        long memoryMib = row[i] * 1024 / 1000;
        shapes.add(
            new TypeProfile(
                plain(row[0]) + "-" + plain(row[i]) + "Gi",
                row[0],
                memoryMib,
                0,
                "",
                USUAL_ARCHITECTURE,
                prices.of(row[0], memoryMib),
                true));
      }
    }
    shapes.sort(
        Comparator.comparingLong(TypeProfile::priceNanos)
            .thenComparingLong(TypeProfile::milliVcpu)
            .thenComparingLong(TypeProfile::memoryMib));
    return List.copyOf(shapes);
  }

  static TypeProfile named(YamlMap map) {
    String name = map.text("name");
    long milliVcpu = map.decimal("vcpu", "0.001", "10000").movePointRight(3).longValue();
    long memoryMib = map.integer("memoryGiB", 1, 100_000) * 1024;
    int gpus = map.has("gpus") ? (int) map.integer("gpus", 0, 64) : 0;
    String model = map.has("gpuModel") ? map.text("gpuModel") : "";
    if (gpus > 0 == model.isEmpty()) {
      throw map.wrong("gpuModel", "give gpus and gpuModel together, or neither");
    }
    String architecture = map.has("architecture") ? map.text("architecture") : USUAL_ARCHITECTURE;
    if (!architecture.matches("[a-z0-9_]+")) {
      throw map.wrong("architecture", "write it as in the label kubernetes.io/arch, like arm64");
    }
    long priceNanos =
        map.decimal("pricePerHour", "0", "1000000")
            .multiply(BILLION)
            .divideToIntegralValue(BigDecimal.valueOf(3600))
            .longValue();
    return new TypeProfile(
        name, milliVcpu, memoryMib, gpus, model, architecture, priceNanos, false);
  }

  /** Thousandths without needless zeros: 250 is "0.25", 2000 is "2". */
  private static String plain(long thousandths) {
    return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
  }
}
