package io.viking.adapter.sim.usage;

import io.viking.adapter.sim.state.UsagePoint;
import java.math.BigInteger;
import java.util.List;

/**
 * Something used over a container's age: straight lines between points, the first one before them
 * and the last one after them. Pure and exact, so that the sum over time never falls.
 *
 * @param points at least one, by age
 */
record Load(List<UsagePoint> points) {
  Load {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("A load has at least one point");
    }
  }

  /** At that age, milliseconds. */
  long at(long age) {
    UsagePoint before = points.getFirst();
    for (UsagePoint point : points) {
      if (point.getAgeMillis() > age) {
        long span = point.getAgeMillis() - before.getAgeMillis();
        return span == 0
            ? before.getValue()
            : before.getValue()
                + BigInteger.valueOf(point.getValue() - before.getValue())
                    .multiply(BigInteger.valueOf(age - before.getAgeMillis()))
                    .divide(BigInteger.valueOf(span))
                    .longValueExact();
      }
      before = point;
    }
    return before.getValue();
  }

  /** From the beginning to that age: values times milliseconds. */
  BigInteger until(long age) {
    UsagePoint before = points.getFirst();
    BigInteger sum =
        area(before.getValue(), before.getValue(), Math.min(age, before.getAgeMillis()));
    for (UsagePoint point : points.subList(1, points.size())) {
      if (point.getAgeMillis() > age) {
        return age <= before.getAgeMillis() ? sum : sum.add(part(before, point, age));
      }
      sum =
          sum.add(
              area(
                  before.getValue(),
                  point.getValue(),
                  point.getAgeMillis() - before.getAgeMillis()));
      before = point;
    }
    return age <= before.getAgeMillis()
        ? sum
        : sum.add(area(before.getValue(), before.getValue(), age - before.getAgeMillis()));
  }

  private static BigInteger area(long from, long to, long millis) {
    return BigInteger.valueOf(from)
        .add(BigInteger.valueOf(to))
        .multiply(BigInteger.valueOf(millis))
        .shiftRight(1);
  }

  /** Of a line, its first part: v x + (w - v) x² / 2 d. */
  private static BigInteger part(UsagePoint from, UsagePoint to, long age) {
    BigInteger x = BigInteger.valueOf(age - from.getAgeMillis());
    BigInteger twice = BigInteger.valueOf(2 * (to.getAgeMillis() - from.getAgeMillis()));
    return BigInteger.valueOf(from.getValue())
        .multiply(x)
        .multiply(twice)
        .add(BigInteger.valueOf(to.getValue() - from.getValue()).multiply(x).multiply(x))
        .divide(twice);
  }
}
