package io.viking.scheduler.pod;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a pod's containers ask for, as upstream does: sidecars and containers together, or
 * an init container beside the sidecars that started before it, whichever is more; what the pod
 * says as a whole ({@code spec.resources}) takes the place of the sum; overhead on top.
 */
final class NeedsReader {
  private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);

  private NeedsReader() {}

  static Needs requests(V1PodSpec spec) {
    return sum(spec, NeedsReader::requests);
  }

  static Needs ceiling(V1PodSpec spec) {
    return sum(spec, NeedsReader::ceiling);
  }

  private static Needs requests(@Nullable V1ResourceRequirements resources) {
    return resources == null ? Needs.NOTHING : needs(Absent.map(resources.getRequests()));
  }

  private static Needs ceiling(@Nullable V1ResourceRequirements resources) {
    return resources == null
        ? Needs.NOTHING
        : needs(Absent.map(resources.getRequests())).max(needs(Absent.map(resources.getLimits())));
  }

  private static Needs sum(V1PodSpec spec, Function<@Nullable V1ResourceRequirements, Needs> of) {
    Needs sidecars = Needs.NOTHING;
    Needs peak = Needs.NOTHING;
    for (V1Container init : Absent.list(spec.getInitContainers())) {
      Needs own = of.apply(init.getResources());
      if ("Always".equals(init.getRestartPolicy())) {
        sidecars = sidecars.plus(own);
        peak = peak.max(sidecars);
      } else {
        peak = peak.max(sidecars.plus(own));
      }
    }
    Needs running = sidecars;
    for (V1Container container : Absent.list(spec.getContainers())) {
      running = running.plus(of.apply(container.getResources()));
    }
    Needs containers = running.max(peak);
    Needs pod = of.apply(spec.getResources());
    Needs whole =
        new Needs(
            pod.milliVcpu() > 0 ? pod.milliVcpu() : containers.milliVcpu(),
            pod.memoryMib() > 0 ? pod.memoryMib() : containers.memoryMib(),
            containers.gpus());
    return whole.plus(needs(Absent.map(spec.getOverhead())));
  }

  private static Needs needs(Map<String, Quantity> amounts) {
    return new Needs(
        amount(amounts, "cpu", BigDecimal.ONE.movePointLeft(3)),
        amount(amounts, "memory", MIB),
        amount(amounts, "nvidia.com/gpu", BigDecimal.ONE));
  }

  private static long amount(Map<String, Quantity> amounts, String name, BigDecimal unit) {
    Quantity amount = amounts.get(name);
    return amount == null
        ? 0
        : amount.getNumber().divide(unit, 0, RoundingMode.CEILING).longValue();
  }
}
