package io.viking.scheduler.zone;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.scheduler.pod.CloudWishes;
import io.viking.scheduler.pod.Needs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which instance types a pod may become, by the rules of the contract (instances.proto): types that
 * it names are taken in its order; else the cheapest shape that holds it, rounded up to 4 vCPU and
 * exact above; nothing asked for is 1 vCPU and 2 GiB. Immutable.
 */
public final class Assortment {
  private static final long ROUNDED_UP_TO_MILLI_VCPU = 4000;
  private static final Needs DEFAULT = new Needs(1000, 2048, 0);

  private final Map<String, InstanceType> byName;
  private final List<InstanceType> shapes;

  private Assortment(Map<String, InstanceType> byName, List<InstanceType> shapes) {
    this.byName = byName;
    this.shapes = shapes;
  }

  /** What came of a pod's wishes. */
  public sealed interface Choice {
    /** In the order in which the cloud tries them; at least one. */
    record Types(List<InstanceType> types) implements Choice {}

    /** None will do: a sentence that names the field and the way out. */
    record None(String reason) implements Choice {}
  }

  public static Assortment of(CatalogSnapshot catalog) {
    var prices = new HashMap<String, Long>();
    for (Offer offer : catalog.offers().values()) {
      if (offer.hasOnDemand()) {
        prices.merge(offer.getInstanceType(), offer.getOnDemand().getNanosPerSecond(), Math::min);
      }
    }
    List<InstanceType> shapes =
        catalog.instanceTypes().values().stream()
            .filter(InstanceType::getGeneralPurpose)
            .sorted(
                Comparator.<InstanceType>comparingLong(
                        type -> prices.getOrDefault(type.getName(), Long.MAX_VALUE))
                    .thenComparingLong(InstanceType::getMilliVcpu)
                    .thenComparingLong(InstanceType::getMemoryMib))
            .toList();
    return new Assortment(catalog.instanceTypes(), shapes);
  }

  /**
   * @param requests what a named type must hold; what containers may use beyond it is capped there
   * @param ceiling what a shape is sized by
   */
  public Choice choose(CloudWishes wishes, Needs requests, Needs ceiling) {
    if (!wishes.types().isEmpty()) {
      return named(wishes.types(), requests);
    }
    if (ceiling.gpus() > 0) {
      return new Choice.None(
          "nvidia.com/gpu needs a GPU type by name: set the annotation k8s.aliyun.com/eci-use-specs"
              + gpuTypes(ceiling.gpus()));
    }
    boolean silent = ceiling.milliVcpu() == 0 && ceiling.memoryMib() == 0;
    return shape(silent ? DEFAULT : ceiling);
  }

  private Choice named(List<String> names, Needs requests) {
    var fitting = new ArrayList<InstanceType>();
    for (String name : names) {
      InstanceType type = byName.get(name);
      if (type == null) {
        return new Choice.None(
            "annotation k8s.aliyun.com/eci-use-specs: no instance type \"" + name + "\" is sold");
      }
      if (holds(type, requests) && type.getGpus() >= requests.gpus()) {
        fitting.add(type);
      }
    }
    return fitting.isEmpty()
        ? new Choice.None(
            "the pod requests %s, more than any type of its annotation k8s.aliyun.com/eci-use-specs has: %s"
                .formatted(requests, String.join(",", names)))
        : new Choice.Types(List.copyOf(fitting));
  }

  private Choice shape(Needs needs) {
    boolean rounded = needs.milliVcpu() <= ROUNDED_UP_TO_MILLI_VCPU;
    for (InstanceType shape : shapes) {
      boolean fits =
          rounded
              ? shape.getMilliVcpu() <= ROUNDED_UP_TO_MILLI_VCPU && holds(shape, needs)
              : shape.getMilliVcpu() == needs.milliVcpu()
                  && (needs.memoryMib() == 0 || shape.getMemoryMib() == needs.memoryMib());
      if (fits) {
        return new Choice.Types(List.of(shape));
      }
    }
    return new Choice.None(noShape(needs));
  }

  private String noShape(Needs needs) {
    var larger = shapes.stream().filter(shape -> holds(shape, needs)).limit(2).toList();
    if (shapes.isEmpty()) {
      return "no instance types are sold";
    }
    if (larger.isEmpty()) {
      return "the pod asks for %s, more than any instance type has".formatted(needs);
    }
    return "the pod asks for %s, which is no shape that is sold; the next are %s"
        .formatted(needs, names(larger));
  }

  private String gpuTypes(long gpus) {
    var types = byName.values().stream().filter(type -> type.getGpus() >= gpus).toList();
    return types.isEmpty() ? "; none on sale has " + gpus : " to one of " + names(types);
  }

  private static boolean holds(InstanceType type, Needs needs) {
    return type.getMilliVcpu() >= needs.milliVcpu() && type.getMemoryMib() >= needs.memoryMib();
  }

  private static String names(List<InstanceType> types) {
    return String.join(", ", types.stream().map(InstanceType::getName).toList());
  }
}
