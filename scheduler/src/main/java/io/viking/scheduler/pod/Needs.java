package io.viking.scheduler.pod;

import java.math.BigDecimal;

/**
 * What a pod's containers ask for together; 0 of a kind: nothing was said about it.
 *
 * @param milliVcpu thousandths of a vCPU
 * @param memoryMib MiB, rounded up
 */
public record Needs(long milliVcpu, long memoryMib, long gpus) {
  public static final Needs NOTHING = new Needs(0, 0, 0);

  public Needs plus(Needs other) {
    return new Needs(milliVcpu + other.milliVcpu, memoryMib + other.memoryMib, gpus + other.gpus);
  }

  public Needs max(Needs other) {
    return new Needs(
        Math.max(milliVcpu, other.milliVcpu),
        Math.max(memoryMib, other.memoryMib),
        Math.max(gpus, other.gpus));
  }

  /** "1.5 vCPU, 2 GiB, 1 GPU". */
  @Override
  public String toString() {
    String size =
        plain(BigDecimal.valueOf(milliVcpu, 3))
            + " vCPU, "
            + plain(BigDecimal.valueOf(memoryMib * 1000 / 1024, 3))
            + " GiB";
    return switch ((int) Math.min(gpus, 2)) {
      case 0 -> size;
      case 1 -> size + ", 1 GPU";
      default -> size + ", " + gpus + " GPUs";
    };
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
