package io.viking.scheduler.type;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.Needs;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why rules on {@link TypeLabels} leave a pod no instance type, in a sentence. */
final class TypeComplaint {
  private static final int SHOWN = 5;

  private final PodShape shape;
  private final NodeWishes wishes;
  private final Assortment assortment;
  private final List<InstanceType> passing;

  /** What is on sale, by the label that says it. */
  private final Map<String, Set<String>> sold = new TreeMap<>();

  private final Map<String, String> architectures;

  TypeComplaint(PodShape shape, List<Site> sites, Assortment assortment) {
    this.shape = shape;
    this.wishes = shape.nodes();
    this.assortment = assortment;
    this.architectures =
        assortment.all().stream()
            .collect(Collectors.toMap(InstanceType::getName, InstanceType::getArchitecture));
    this.passing =
        assortment.all().stream()
            .filter(type -> sites.stream().anyMatch(site -> passes(site, type)))
            .toList();
    for (Site site : sites) {
      for (InstanceType type : site.shelf().types()) {
        sold(TypeLabels.TYPE).add(type.getName());
        sold(TypeLabels.ARCHITECTURE).add(type.getArchitecture());
      }
    }
  }

  /**
   * @param usual what the pod's size or annotations chose
   * @return empty if it is no matter of types, so that each zone has a reason of its own
   */
  Optional<String> text(List<InstanceType> usual) {
    if (passing.isEmpty()) {
      return unsold().or(this::contradiction);
    }
    if (shape.cloud().nameTypes()) {
      return Optional.of(
          "the annotation %s chooses %s, and none of these matches the pod's node selector or affinity on %s or %s; drop one of the two"
              .formatted(
                  shape.cloud().types().isEmpty()
                      ? "k8s.aliyun.com/eci-instance-family"
                      : "k8s.aliyun.com/eci-use-specs",
                  names(usual),
                  TypeLabels.TYPE,
                  TypeLabels.ARCHITECTURE));
    }
    String field =
        Stream.of(TypeLabels.TYPE, TypeLabels.ARCHITECTURE)
            .filter(key -> wishes.require(Set.of(key)))
            .collect(Collectors.joining(" and "));
    List<InstanceType> holding = new ArrayList<>(passing);
    holding.retainAll(assortment.holding(shape.requests(), shape.ceiling()));
    return Optional.of(
        holding.isEmpty()
            ? "the pod requests %s, more than any instance type has that its node selector or affinity leaves; the largest is %s: request less, or change what it says of %s"
                .formatted(shape.requests(), largest(), field)
            : "of the instance types that the pod's node selector or affinity leaves, those that hold it (%s) are taken by name alone: name one in %s"
                .formatted(names(holding), TypeLabels.TYPE));
  }

  /** Whether the rules leave a type that pods get by their size. */
  boolean leavesShapes() {
    return passing.stream().anyMatch(InstanceType::getGeneralPurpose);
  }

  private String largest() {
    InstanceType type =
        Collections.max(
            passing,
            Comparator.comparingLong(InstanceType::getMilliVcpu)
                .thenComparingLong(InstanceType::getMemoryMib));
    return "%s (%s)"
        .formatted(
            type.getName(), new Needs(type.getMilliVcpu(), type.getMemoryMib(), type.getGpus()));
  }

  private Optional<String> unsold() {
    for (String key : List.of(TypeLabels.TYPE, TypeLabels.ARCHITECTURE)) {
      String selected = wishes.selector().getOrDefault(key, "");
      if (!selected.isEmpty() && !sold(key).contains(selected)) {
        return Optional.of(unsold("spec.nodeSelector", key, Set.of(selected)));
      }
      List<NodeTerm> terms = wishes.required().orElse(List.of());
      if (!terms.isEmpty() && terms.stream().allMatch(term -> isUnsold(term, key))) {
        var values = new TreeSet<String>();
        terms.forEach(term -> values.addAll(term.named(key)));
        return Optional.of(
            unsold(
                "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution",
                key,
                values));
      }
    }
    return Optional.empty();
  }

  private boolean isUnsold(NodeTerm term, String key) {
    Set<String> named = term.named(key);
    return !named.isEmpty() && named.stream().noneMatch(sold(key)::contains);
  }

  private String unsold(String field, String key, Collection<String> values) {
    String what = "%s: no zone sells %s=%s".formatted(field, key, String.join(",", values));
    return what
        + (key.equals(TypeLabels.ARCHITECTURE)
            ? "; there are " + String.join(", ", sold(key))
            : assortment.near(values.iterator().next()));
  }

  private Optional<String> contradiction() {
    String type = wishes.selector().getOrDefault(TypeLabels.TYPE, "");
    String architecture = wishes.selector().getOrDefault(TypeLabels.ARCHITECTURE, "");
    String real = architectures.getOrDefault(type, "");
    return architecture.isEmpty() || real.isEmpty() || real.equals(architecture)
        ? Optional.empty()
        : Optional.of(
            "spec.nodeSelector: %s=%s is %s and not %s"
                .formatted(TypeLabels.TYPE, type, real, architecture));
  }

  private boolean passes(Site site, InstanceType type) {
    return site.shelf().sells(type.getName()) && TypeLabels.allow(wishes, site, type);
  }

  private Set<String> sold(String key) {
    return sold.computeIfAbsent(key, _ -> new TreeSet<>());
  }

  private static String names(List<InstanceType> types) {
    String first =
        types.stream().limit(SHOWN).map(InstanceType::getName).collect(Collectors.joining(", "));
    return types.size() > SHOWN ? first + " and " + (types.size() - SHOWN) + " more" : first;
  }
}
