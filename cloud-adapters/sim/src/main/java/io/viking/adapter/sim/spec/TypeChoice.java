package io.viking.adapter.sim.spec;

import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.TypeProfile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which instance types a pod may run on.
 *
 * <p>Types that are asked for by name are taken as they are, in order. Otherwise GPUs are had with
 * the cheapest type that holds the pod, and the needs of a pod without GPUs are rounded up to the
 * cheapest shape of at most 4 vCPU that holds them; above 4 vCPU they must be a shape exactly, as
 * the cloud has it. Nothing asked for is 1 vCPU and 2 GiB.
 */
final class TypeChoice {
  private static final Pattern SHAPE = Pattern.compile("([0-9]*\\.?[0-9]+)-([0-9]*\\.?[0-9]+)Gi");
  private static final long ROUNDED_UP_TO = 4000;
  private static final Need DEFAULT = new Need(1000, 2048, 0);
  private static final Comparator<TypeProfile> CHEAPEST_FIRST =
      Comparator.comparingLong(TypeProfile::priceNanos).thenComparing(TypeProfile::name);

  private final List<TypeProfile> shapes;
  private final Map<String, TypeProfile> byName = new HashMap<>();

  TypeChoice(SimProfile profile) {
    shapes = profile.types().stream().filter(TypeProfile::shape).toList();
    profile.types().forEach(type -> byName.put(type.name(), type));
  }

  List<String> choose(List<String> asked, Need need) throws SpecRejected {
    if (!asked.isEmpty()) {
      return named(asked, need);
    }
    if (need.gpus() > 0) {
      return List.of(withGpus(need).name());
    }
    return List.of(shape(need).name());
  }

  private TypeProfile withGpus(Need need) throws SpecRejected {
    return byName.values().stream()
        .filter(type -> type.gpus() >= need.gpus())
        .filter(type -> type.milliVcpu() >= need.milliVcpu())
        .filter(type -> type.memoryMib() >= need.memoryMib())
        .min(CHEAPEST_FIRST)
        .orElseThrow(
            () ->
                SpecRejected.invalid(
                    "spec.containers[].resources.limits[nvidia.com/gpu]",
                    Long.toString(need.gpus()),
                    "with "
                        + cores(need.milliVcpu())
                        + " vCPU and "
                        + gib(need.memoryMib())
                        + " GiB is more than any GPU type has: there are "
                        + gpuTypes(1)));
  }

  private List<String> named(List<String> asked, Need need) throws SpecRejected {
    List<String> names = new ArrayList<>();
    long mostGpus = 0;
    for (String name : asked) {
      TypeProfile type =
          Optional.ofNullable(byName.get(canonical(name)))
              .orElseThrow(
                  () ->
                      SpecRejected.invalid(
                          "instance_types",
                          name,
                          "is not an instance type: write a shape like 2-4Gi, or one of "
                              + byName.values().stream()
                                  .filter(t -> !t.shape())
                                  .map(TypeProfile::name)
                                  .sorted()
                                  .toList()));
      mostGpus = Math.max(mostGpus, type.gpus());
      if (type.gpus() >= need.gpus()) {
        names.add(type.name());
      }
    }
    if (names.isEmpty()) {
      throw SpecRejected.invalid(
          "instance_types",
          String.join(",", asked),
          "has "
              + mostGpus
              + " GPUs at most and the pod asks for "
              + need.gpus()
              + ": name one of "
              + gpuTypes(need.gpus()));
    }
    return names;
  }

  private TypeProfile shape(Need asked) throws SpecRejected {
    Need need = asked.milliVcpu() == 0 && asked.memoryMib() == 0 ? DEFAULT : asked;
    boolean rounded = need.milliVcpu() <= ROUNDED_UP_TO;
    for (TypeProfile shape : shapes) {
      boolean fits =
          rounded
              ? shape.milliVcpu() <= ROUNDED_UP_TO
                  && shape.milliVcpu() >= need.milliVcpu()
                  && shape.memoryMib() >= need.memoryMib()
              : shape.milliVcpu() == need.milliVcpu()
                  && (need.memoryMib() == 0 || shape.memoryMib() == need.memoryMib());
      if (fits) {
        return shape;
      }
    }
    throw SpecRejected.invalid(
        "spec.containers[].resources",
        cores(need.milliVcpu()) + " vCPU, " + gib(need.memoryMib()) + " GiB",
        "is not a shape that is sold; the nearest are " + nearest(need));
  }

  /** The largest that is smaller in both, and the two cheapest that hold it or else the largest. */
  private List<String> nearest(Need need) {
    List<String> names = new ArrayList<>();
    shapes.stream()
        .filter(s -> s.milliVcpu() <= need.milliVcpu() && s.memoryMib() <= need.memoryMib())
        .reduce((cheaper, dearer) -> dearer)
        .ifPresent(shape -> names.add(shape.name()));
    List<TypeProfile> holding =
        shapes.stream()
            .filter(s -> s.milliVcpu() >= need.milliVcpu() && s.memoryMib() >= need.memoryMib())
            .limit(2)
            .toList();
    (holding.isEmpty() ? List.of(shapes.getLast()) : holding)
        .forEach(shape -> names.add(shape.name()));
    return names.stream().distinct().toList();
  }

  private List<String> gpuTypes(long gpus) {
    return byName.values().stream()
        .filter(type -> type.gpus() >= gpus && type.gpus() > 0)
        .map(TypeProfile::name)
        .sorted()
        .toList();
  }

  /** "2.0-4.0Gi" is "2-4Gi", ".25-.5Gi" is "0.25-0.5Gi". */
  private static String canonical(String name) {
    Matcher shape = SHAPE.matcher(name);
    return shape.matches() ? plain(shape.group(1)) + "-" + plain(shape.group(2)) + "Gi" : name;
  }

  private static String plain(String number) {
    return new BigDecimal(number).stripTrailingZeros().toPlainString();
  }

  private static String cores(long milli) {
    return BigDecimal.valueOf(milli, 3).stripTrailingZeros().toPlainString();
  }

  private static String gib(long mib) {
    return BigDecimal.valueOf(mib * 1000 / 1024, 3).stripTrailingZeros().toPlainString();
  }
}
