package io.viking.adapter.sim.spec;

import java.math.BigDecimal;

/**
 * What containers ask for; 0 of a kind: nothing was said about it.
 *
 * @param milliVcpu thousandths of a vCPU, rounded up
 * @param memoryMib MiB, rounded up
 */
record Need(long milliVcpu, long memoryMib, long gpus) {
  static final Need NOTHING = new Need(0, 0, 0);

  private static final BigDecimal MILLI = BigDecimal.ONE.movePointLeft(3);
  private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);

  /** The larger of request and limit, for each resource. */
  static Need of(Json container) throws SpecRejected {
    Json resources = container.child("resources");
    Need need = NOTHING;
    for (String kind : new String[] {"requests", "limits"}) {
      Json amounts = resources.child(kind);
      need =
          need.max(
              new Need(
                  amount(amounts, "cpu", MILLI),
                  amount(amounts, "memory", MIB),
                  amount(amounts, "nvidia.com/gpu", BigDecimal.ONE)));
    }
    return need;
  }

  Need plus(Need other) {
    return new Need(milliVcpu + other.milliVcpu, memoryMib + other.memoryMib, gpus + other.gpus);
  }

  Need max(Need other) {
    return new Need(
        Math.max(milliVcpu, other.milliVcpu),
        Math.max(memoryMib, other.memoryMib),
        Math.max(gpus, other.gpus));
  }

  private static long amount(Json amounts, String name, BigDecimal unit) throws SpecRejected {
    String text = amounts.text(name).orElse("0");
    return Quantity.ceil(
        Quantity.parse(text)
            .orElseThrow(
                () ->
                    SpecRejected.invalid(
                        amounts.at(name), text, "is not a quantity: write 500m, 2 or 1.5Gi")),
        unit);
  }
}
