package io.viking.scheduler.zone;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.InstanceType;
import io.viking.cloud.v1.Offer;
import io.viking.kube.annotations.EditDistance;
import io.viking.scheduler.pod.CloudWishes;
import io.viking.scheduler.pod.FamilyWishes;
import io.viking.scheduler.pod.Needs;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Which instance types a pod may become by its size and its annotations, by the rules of the
 * contract (instances.proto): types that it names are taken in its order; of families that it names
 * the cheapest that holds it; with GPUs the cheapest GPU type that holds it; else the cheapest
 * shape that holds it, rounded up to 4 vCPU and exact above; nothing asked for is 1 vCPU and 2 GiB.
 * Immutable.
 */
public final class Assortment {
  private static final long ROUNDED_UP_TO_MILLI_VCPU = 4000;
  private static final int NEAR = 3;
  private static final Needs DEFAULT = new Needs(1000, 2048, 0);

  private final Map<String, InstanceType> byName;
  private final List<InstanceType> shapes;
  private final Comparator<InstanceType> cheapestFirst;

  private Assortment(
      Map<String, InstanceType> byName,
      List<InstanceType> shapes,
      Comparator<InstanceType> cheapestFirst) {
    this.byName = byName;
    this.shapes = shapes;
    this.cheapestFirst = cheapestFirst;
  }

  /** What came of a pod's wishes. */
  public sealed interface Choice {
    /**
     * @param types in the order in which the cloud tries them; at least one
     * @param implied the cloud comes to the same by itself, from the pod's size or the types that
     *     it names
     */
    record Types(List<InstanceType> types, boolean implied) implements Choice {
      public Types {
        types = List.copyOf(types);
      }
    }

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
    Comparator<InstanceType> cheapestFirst =
        Comparator.<InstanceType>comparingLong(
                type -> prices.getOrDefault(type.getName(), Long.MAX_VALUE))
            .thenComparingLong(InstanceType::getMilliVcpu)
            .thenComparingLong(InstanceType::getMemoryMib);
    List<InstanceType> shapes =
        catalog.instanceTypes().values().stream()
            .filter(InstanceType::getGeneralPurpose)
            .sorted(cheapestFirst)
            .toList();
    return new Assortment(catalog.instanceTypes(), shapes, cheapestFirst);
  }

  /**
   * @param requests what a named type must hold; what containers may use beyond it is capped there
   * @param ceiling what a shape is sized by
   */
  public Choice choose(CloudWishes wishes, Needs requests, Needs ceiling) {
    if (!wishes.types().isEmpty()) {
      return named(wishes, requests);
    }
    if (wishes.families().choose()) {
      return ofFamilies(wishes.families(), requests, ceiling);
    }
    if (ceiling.gpus() > 0) {
      return withGpus(requests, ceiling);
    }
    return shape(said(ceiling));
  }

  /**
   * All types that hold what the pod requests, those that hold what it may use first, among equals
   * the cheapest.
   */
  public List<InstanceType> holding(Needs requests, Needs ceiling) {
    Needs full = said(ceiling);
    return byName.values().stream()
        .filter(type -> holds(type, requests))
        .sorted(
            Comparator.<InstanceType, Boolean>comparing(type -> !holds(type, full))
                .thenComparing(cheapestFirst))
        .toList();
  }

  public Collection<InstanceType> all() {
    return byName.values();
  }

  /**
   * Whether a pod may become the type that said nothing of its kind: it has the architecture of the
   * shapes, and no GPUs that are not asked for.
   */
  public boolean isUsual(InstanceType type, Needs needs) {
    boolean foreign =
        !shapes.isEmpty() && !shapes.getFirst().getArchitecture().equals(type.getArchitecture());
    return !foreign && (type.getGpus() == 0 || needs.gpus() > 0);
  }

  private Choice named(CloudWishes wishes, Needs requests) {
    var fitting = new LinkedHashSet<InstanceType>();
    boolean fits = false;
    for (String name : wishes.types()) {
      InstanceType type = byName.get(name);
      if (type == null) {
        return new Choice.None(
            "annotation k8s.aliyun.com/eci-use-specs: no instance type \"%s\" is sold%s; correct it or take it out"
                .formatted(name, near(name)));
      }
      if (holds(type, requests)) {
        fits = true;
        fitting.addAll(narrowed(type, wishes.families()));
      }
    }
    if (fitting.isEmpty()) {
      return new Choice.None(
          fits
              ? "none of the types of the annotation k8s.aliyun.com/eci-use-specs (%s) is left by %s"
                  .formatted(String.join(",", wishes.types()), wishes.families())
              : "the pod requests %s, more than any type of its annotation k8s.aliyun.com/eci-use-specs has: %s"
                  .formatted(requests, String.join(",", wishes.types())));
    }
    List<String> names = fitting.stream().map(InstanceType::getName).toList();
    return new Choice.Types(List.copyOf(fitting), names.equals(wishes.types()));
  }

  /** A size that is named together with families stands for their types of that size. */
  private List<InstanceType> narrowed(InstanceType type, FamilyWishes families) {
    if (families.refuse(type.getName())) {
      return List.of();
    }
    if (!families.choose()) {
      return List.of(type);
    }
    if (!type.getGeneralPurpose()) {
      return families.take(type.getName()) ? List.of(type) : List.of();
    }
    return byName.values().stream()
        .filter(other -> families.take(other.getName()))
        .filter(other -> !families.only().isEmpty() || isUsual(other, Needs.NOTHING))
        .filter(other -> other.getMilliVcpu() == type.getMilliVcpu())
        .filter(other -> other.getMemoryMib() == type.getMemoryMib())
        .sorted(preferred(families))
        .toList();
  }

  private Choice ofFamilies(FamilyWishes families, Needs requests, Needs ceiling) {
    for (String family : families.only()) {
      if (byName.keySet().stream().noneMatch(type -> FamilyWishes.belongs(type, family))) {
        return new Choice.None(
            "annotation k8s.aliyun.com/eci-instance-family: no instance type of the family \"%s\" is sold; there are %s"
                .formatted(family, String.join(", ", families())));
      }
    }
    List<InstanceType> taken =
        byName.values().stream()
            .filter(type -> families.take(type.getName()))
            .filter(type -> !families.only().isEmpty() || isUsual(type, ceiling))
            .toList();
    if (taken.isEmpty()) {
      return new Choice.None(
          "no instance type on sale is left by %s; there are the families %s"
              .formatted(families, String.join(", ", families())));
    }
    Needs full = said(ceiling);
    List<InstanceType> fitting =
        taken.stream()
            .filter(type -> holds(type, requests))
            .sorted(
                Comparator.<InstanceType, Boolean>comparing(type -> !holds(type, full))
                    .thenComparing(preferred(families)))
            .toList();
    return fitting.isEmpty()
        ? new Choice.None(
            "the pod requests %s, more than any type has that is left by %s: %s"
                .formatted(requests, families, names(taken)))
        : new Choice.Types(fitting, false);
  }

  /** " (near are …)": types on sale whose names are like one that is not; empty without any. */
  public String near(String name) {
    List<String> near = EditDistance.nearest(name, byName.keySet(), NEAR);
    return near.isEmpty() ? "" : " (near are %s)".formatted(String.join(", ", near));
  }

  private Comparator<InstanceType> preferred(FamilyWishes families) {
    return Comparator.<InstanceType>comparingInt(type -> families.rank(type.getName()))
        .thenComparing(cheapestFirst);
  }

  private List<String> families() {
    return byName.keySet().stream()
        .map(FamilyWishes::familyOf)
        .filter(family -> !family.isEmpty())
        .distinct()
        .sorted()
        .toList();
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
        return new Choice.Types(List.of(shape), true);
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

  /** What containers may use beyond their requests is capped by the type, as with named types. */
  private Choice withGpus(Needs requests, Needs ceiling) {
    Needs needs = new Needs(requests.milliVcpu(), requests.memoryMib(), ceiling.gpus());
    return byName.values().stream()
        .filter(type -> holds(type, needs) && isUsual(type, needs))
        .min(cheapestFirst)
        .<Choice>map(type -> new Choice.Types(List.of(type), false))
        .orElseGet(
            () ->
                new Choice.None(
                    "the pod asks for %s, which no GPU type on sale has; there are %s"
                        .formatted(needs, gpuTypes())));
  }

  private String gpuTypes() {
    var types =
        byName.values().stream().filter(type -> type.getGpus() > 0).sorted(cheapestFirst).toList();
    return types.isEmpty() ? "none" : names(types);
  }

  private static boolean holds(InstanceType type, Needs needs) {
    return type.getMilliVcpu() >= needs.milliVcpu()
        && type.getMemoryMib() >= needs.memoryMib()
        && type.getGpus() >= needs.gpus();
  }

  /** What is sized by if nothing is said. */
  private static Needs said(Needs needs) {
    return needs.milliVcpu() == 0 && needs.memoryMib() == 0 ? DEFAULT.max(needs) : needs;
  }

  private static String names(List<InstanceType> types) {
    return String.join(", ", types.stream().map(InstanceType::getName).toList());
  }
}
