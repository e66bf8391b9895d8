package io.viking.bench.endpoints;

import java.util.List;

/**
 * What is measured.
 *
 * @param sizes pods present, one after the other, each more than the one before
 * @param podsPerService pods of each Service; half of the Services have a load balancer, half are
 *     headless
 * @param changes of one Service's endpoints at each size, and for each of the two kinds
 * @param burst pods that a Service without any gets at once, at the end
 * @param width creates at once
 */
public record EndpointSettings(
    List<Integer> sizes, int podsPerService, int changes, int burst, int width) {
  public EndpointSettings {
    sizes = List.copyOf(sizes);
    check(podsPerService >= 2, "pods per Service: must be 2 or more, is ", podsPerService);
    check(changes >= 2, "changes: must be 2 or more (a pod goes, a pod comes), is ", changes);
    check(burst >= 1, "burst: must be 1 or more, is ", burst);
    check(width >= 1, "width: must be 1 or more, is ", width);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("sizes: name at least one.");
    }
    int least = 2 * podsPerService;
    for (int size : sizes) {
      check(
          size >= least,
          "sizes: at least " + least + " (two Services), and each more than the one before, is ",
          size);
      least = size + 1;
    }
  }

  private static void check(boolean holds, String what, int value) {
    if (!holds) {
      throw new IllegalArgumentException(what + value + ".");
    }
  }
}
