package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Constraints between pods, as far as they are required.
 *
 * <p>On {@code kubernetes.io/hostname} every pod has a host of its own: anti-affinity and spread
 * hold by themselves and are dropped here, affinity never can and is a flaw.
 */
final class ConstraintReader {
  static final String HOSTNAME = "kubernetes.io/hostname";

  /** What a spec requires, and what of it cannot be honoured. */
  record Constraints(
      List<SpreadConstraint> spread, List<AffinityTerm> affinity, List<String> flaws) {}

  private final String namespace;
  private final Map<String, String> labels;

  private ConstraintReader(String namespace, Map<String, String> labels) {
    this.namespace = namespace;
    this.labels = labels;
  }

  static Constraints read(V1PodSpec spec, String namespace, Map<String, String> labels) {
    var reader = new ConstraintReader(namespace, labels);
    return new Constraints(
        Absent.list(spec.getTopologySpreadConstraints()).stream()
            .filter(constraint -> "DoNotSchedule".equals(constraint.getWhenUnsatisfiable()))
            .filter(constraint -> !HOSTNAME.equals(constraint.getTopologyKey()))
            .map(reader::spread)
            .toList(),
        requiredAffinity(spec).stream().map(reader::term).toList(),
        flaws(spec));
  }

  static List<AffinityTerm> antiAffinity(
      V1PodSpec spec, String namespace, Map<String, String> labels) {
    var reader = new ConstraintReader(namespace, labels);
    return requiredAntiAffinity(spec).stream()
        .filter(term -> !HOSTNAME.equals(term.getTopologyKey()))
        .map(reader::term)
        .toList();
  }

  private static List<V1PodAffinityTerm> requiredAffinity(V1PodSpec spec) {
    var affinity = spec.getAffinity() == null ? null : spec.getAffinity().getPodAffinity();
    return affinity == null
        ? List.of()
        : Absent.list(affinity.getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  private static List<V1PodAffinityTerm> requiredAntiAffinity(V1PodSpec spec) {
    var affinity = spec.getAffinity() == null ? null : spec.getAffinity().getPodAntiAffinity();
    return affinity == null
        ? List.of()
        : Absent.list(affinity.getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  private static List<String> flaws(V1PodSpec spec) {
    var flaws = new ArrayList<String>();
    for (V1PodAffinityTerm term : requiredAffinity(spec)) {
      if (HOSTNAME.equals(term.getTopologyKey())) {
        flaws.add(
            "spec.affinity.podAffinity requires other pods on the same "
                + HOSTNAME
                + ", but every pod has a host of its own here; use "
                + PodReader.ZONE_LABEL);
      }
      namespaceSelectorFlaw("podAffinity", term).forEachOrdered(flaws::add);
    }
    requiredAntiAffinity(spec).stream()
        .filter(term -> !HOSTNAME.equals(term.getTopologyKey()))
        .flatMap(term -> namespaceSelectorFlaw("podAntiAffinity", term))
        .forEachOrdered(flaws::add);
    return flaws;
  }

  private static Stream<String> namespaceSelectorFlaw(String field, V1PodAffinityTerm term) {
    return match(term.getNamespaceSelector()).rules().isEmpty()
        ? Stream.empty()
        : Stream.of(
            "spec.affinity."
                + field
                + " has a namespaceSelector with rules, which is not supported yet; list the"
                + " namespaces, or give {} for all");
  }

  private AffinityTerm term(V1PodAffinityTerm term) {
    var selector = term.getNamespaceSelector();
    boolean everywhere = selector != null && match(selector).rules().isEmpty();
    Set<String> namespaces = Set.copyOf(Absent.list(term.getNamespaces()));
    Set<String> scope = namespaces.isEmpty() && selector == null ? Set.of(namespace) : namespaces;
    List<LabelRule> own = new ArrayList<>(sameAsOwn(term.getMatchLabelKeys()));
    for (String key : Absent.list(term.getMismatchLabelKeys())) {
      if (labels.containsKey(key)) {
        own.add(new LabelRule(key, LabelRule.Operator.NOT_IN, Set.of(labels.get(key))));
      }
    }
    return new AffinityTerm(
        Absent.text(term.getTopologyKey()),
        new PodScope(everywhere, scope, with(match(term.getLabelSelector()), own)));
  }

  private SpreadConstraint spread(V1TopologySpreadConstraint constraint) {
    return new SpreadConstraint(
        Absent.text(constraint.getTopologyKey()),
        new PodScope(
            false,
            Set.of(namespace),
            with(match(constraint.getLabelSelector()), sameAsOwn(constraint.getMatchLabelKeys()))),
        constraint.getMaxSkew(),
        constraint.getMinDomains() == null ? 1 : constraint.getMinDomains(),
        !"Ignore".equals(constraint.getNodeAffinityPolicy()),
        "Honor".equals(constraint.getNodeTaintsPolicy()));
  }

  /** Newer API servers write these into the selector themselves; twice does no harm. */
  private List<LabelRule> sameAsOwn(@Nullable List<String> keys) {
    return Absent.list(keys).stream()
        .filter(labels::containsKey)
        .map(key -> LabelRule.is(key, labels.getOrDefault(key, "")))
        .toList();
  }

  private static LabelMatch with(LabelMatch match, List<LabelRule> more) {
    if (match.nothing() || more.isEmpty()) {
      return match;
    }
    var rules = new ArrayList<>(match.rules());
    more.stream().filter(rule -> !rules.contains(rule)).forEachOrdered(rules::add);
    return LabelMatch.allOf(rules);
  }

  private static LabelMatch match(@Nullable V1LabelSelector selector) {
    if (selector == null) {
      return LabelMatch.NOTHING;
    }
    var rules = new ArrayList<LabelRule>();
    Absent.map(selector.getMatchLabels()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEachOrdered(label -> rules.add(LabelRule.is(label.getKey(), label.getValue())));
    for (var requirement : Absent.list(selector.getMatchExpressions())) {
      rules.add(
          new LabelRule(
              Absent.text(requirement.getKey()),
              NodeWishesReader.operator(requirement.getOperator()),
              Set.copyOf(Absent.list(requirement.getValues()))));
    }
    return LabelMatch.allOf(rules);
  }
}
