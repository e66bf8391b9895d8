package io.viking.scheduler.type;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Assortment.Choice;
import io.viking.scheduler.zone.Site;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which instance types a pod may become, in order.
 *
 * <p>Its size and annotations choose first ({@link Assortment}). Rules on {@link TypeLabels} then
 * leave some of these; where they leave none, they choose among all types that hold the pod. So a
 * selector that the usual shape meets changes nothing, one that names a type chooses it, and one
 * for an architecture that no shape has chooses among the named types of that architecture.
 */
public final class TypeChooser {
  private final PodShape shape;
  private final NodeWishes wishes;
  private final List<Site> sites;
  private final Assortment assortment;
  private final List<InstanceType> holding;

  private TypeChooser(PodShape shape, List<Site> sites, Assortment assortment) {
    this.shape = shape;
    this.wishes = shape.nodes();
    this.sites = sites;
    this.assortment = assortment;
    this.holding = assortment.holding(shape.requests(), shape.ceiling());
  }

  /**
   * @param sites all zones
   * @return types that may be bought in one zone at least, as far as it depends on the type
   */
  public static Choice choose(PodShape shape, List<Site> sites, Assortment assortment) {
    Choice usual = assortment.choose(shape.cloud(), shape.requests(), shape.ceiling());
    boolean required = TypeLabels.areRequired(shape.nodes());
    boolean named = shape.cloud().nameTypes();
    if (!required && (named || TypeLabels.preferred(shape.nodes()).isEmpty())) {
      return usual;
    }
    var chooser = new TypeChooser(shape, sites, assortment);
    return switch (usual) {
      case Choice.Types types -> chooser.among(types);
      case Choice.None none -> named ? none : chooser.instead(none);
    };
  }

  /** The usual types will do, as far as the rules leave any of them. */
  private Choice among(Choice.Types usual) {
    List<InstanceType> types =
        shape.cloud().nameTypes()
            ? usual.types().stream().filter(type -> passSomewhere(wishes, type)).toList()
            : chosen(usual.types());
    if (!types.isEmpty()) {
      return types.equals(usual.types()) ? usual : new Choice.Types(types, false);
    }
    if (!TypeLabels.areRequired(wishes)) {
      return usual;
    }
    return new TypeComplaint(shape, sites, assortment)
        .text(usual.types())
        .<Choice>map(Choice.None::new)
        .orElse(usual);
  }

  /**
   * No usual type will do, but the rules may name others. Advice about shapes helps nobody whose
   * rules leave none.
   */
  private Choice instead(Choice.None none) {
    List<InstanceType> types = chosen(List.of());
    if (!types.isEmpty()) {
      return new Choice.Types(types, false);
    }
    var complaint = new TypeComplaint(shape, sites, assortment);
    return !TypeLabels.areRequired(wishes) || complaint.leavesShapes()
        ? none
        : complaint.text(List.of()).<Choice>map(Choice.None::new).orElse(none);
  }

  private List<InstanceType> chosen(List<InstanceType> usual) {
    var typed = new NodeWishes(Map.of(), Optional.empty(), TypeLabels.preferred(wishes));
    Map<InstanceType, Integer> weights = new HashMap<>();
    for (Site site : sites) {
      var here = new HashSet<>(in(site, wishes, usual));
      typed.preferred().forEach(wish -> here.addAll(in(site, wishes.and(wish.term()), usual)));
      here.forEach(
          type ->
              weights.merge(
                  type, typed.weight(site.id(), TypeLabels.of(site, type)), Integer::max));
    }
    var order = new LinkedHashSet<>(holding);
    order.addAll(usual);
    return order.stream()
        .filter(weights::containsKey)
        .sorted(Comparator.comparingInt(type -> -weights.getOrDefault(type, 0)))
        .toList();
  }

  /** Types that rules leave in one zone: named ones and the usual ones, else what holds the pod. */
  private List<InstanceType> in(Site site, NodeWishes rules, List<InstanceType> usual) {
    Predicate<InstanceType> passes =
        type -> site.shelf().sells(type.getName()) && TypeLabels.allow(rules, site, type);
    List<InstanceType> fitting = usual.stream().filter(passes).toList();
    Set<String> named = rules.named(TypeLabels.TYPE);
    if (!named.isEmpty()) {
      List<InstanceType> byName =
          holding.stream().filter(type -> named.contains(type.getName())).filter(passes).toList();
      if (!byName.isEmpty()) {
        var both = new LinkedHashSet<>(byName);
        both.addAll(fitting);
        return List.copyOf(both);
      }
    }
    if (!fitting.isEmpty()) {
      return fitting;
    }
    boolean shapesPass =
        site.shelf().types().stream()
            .anyMatch(type -> type.getGeneralPurpose() && passes.test(type));
    if (shapesPass && usual.isEmpty()) {
      return List.of();
    }
    boolean anyArchitecture = !rules.named(TypeLabels.ARCHITECTURE).isEmpty();
    return holding.stream()
        .filter(type -> !shapesPass || type.getGeneralPurpose())
        .filter(type -> anyArchitecture || assortment.isUsual(type, shape.ceiling()))
        .filter(type -> type.getGpus() == 0)
        .filter(passes)
        .toList();
  }

  private boolean passSomewhere(NodeWishes rules, InstanceType type) {
    return sites.stream()
        .anyMatch(
            site -> site.shelf().sells(type.getName()) && TypeLabels.allow(rules, site, type));
  }
}
