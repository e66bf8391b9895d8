package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.type.TypeLabels;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What no zone at all can fulfil of {@code nodeSelector} and required node affinity: it names the
 * field and value that is wrong, and what there is. While a zone has no Node yet, nothing is said;
 * nor of labels that instance types have and not zones.
 */
public final class NodeDemands implements GroupFilter {
  private static final int SHOWN = 10;

  @Override
  public String name() {
    return "NodeDemands";
  }

  @Override
  public Verdict check(PodShape shape, List<Site> sites) {
    NodeWishes wishes = shape.nodes();
    if (sites.isEmpty()
        || sites.stream().anyMatch(site -> site.node().isEmpty())
        || somewhere(wishes, sites)) {
      return Verdict.PASS;
    }
    return explain(wishes, sites)
        .<Verdict>map(flaw -> new Verdict.Reject(flaw, cures(sites)))
        .orElse(Verdict.PASS);
  }

  private static Optional<String> explain(NodeWishes wishes, List<Site> sites) {
    var selector = new TreeMap<>(wishes.selector());
    selector.keySet().removeIf(TypeLabels::isOfType);
    Optional<String> flaw = selectorFlaw(selector, sites);
    if (flaw.isPresent() || TypeLabels.areRequired(wishes)) {
      return flaw;
    }
    return wishes
        .required()
        .flatMap(terms -> affinityFlaw(terms, sites))
        .or(
            () ->
                Optional.of(
                    "spec.nodeSelector and spec.affinity.nodeAffinity contradict each other, no"
                        + " zone matches both"));
  }

  private static Optional<String> selectorFlaw(Map<String, String> selector, List<Site> sites) {
    for (Map.Entry<String, String> label : selector.entrySet()) {
      if (!somewhere(selector(Map.of(label.getKey(), label.getValue())), sites)) {
        return Optional.of(
            "no zone matches spec.nodeSelector %s=%s; %s"
                .formatted(label.getKey(), label.getValue(), known(label.getKey(), sites)));
      }
    }
    return somewhere(selector(selector), sites)
        ? Optional.empty()
        : Optional.of("no zone matches all labels of spec.nodeSelector " + selector);
  }

  private static Optional<String> affinityFlaw(List<NodeTerm> terms, List<Site> sites) {
    if (somewhere(required(terms), sites)) {
      return Optional.empty();
    }
    return Optional.of(
        terms.stream()
            .map(term -> termFlaw(term, sites))
            .distinct()
            .limit(SHOWN)
            .collect(
                Collectors.joining(
                    "; or ",
                    "no zone matches a required term of spec.affinity.nodeAffinity: ",
                    "")));
  }

  private static String termFlaw(NodeTerm term, List<Site> sites) {
    for (LabelRule rule : term.labels()) {
      if (!somewhere(required(List.of(new NodeTerm(List.of(rule), List.of()))), sites)) {
        return rule + ", but " + known(rule.key(), sites);
      }
    }
    for (LabelRule rule : term.fields()) {
      if (!somewhere(required(List.of(new NodeTerm(List.of(), List.of(rule)))), sites)) {
        return rule + ", but the zones are " + list(sites.stream().map(Site::id));
      }
    }
    String rules =
        Stream.concat(term.labels().stream(), term.fields().stream())
            .map(LabelRule::toString)
            .collect(Collectors.joining(" and "));
    return rules.isEmpty()
        ? "a term without rules matches nothing"
        : rules + ", which exclude each other";
  }

  private static String known(String key, List<Site> sites) {
    String values = list(sites.stream().flatMap(site -> Stream.ofNullable(site.labels().get(key))));
    return values.isEmpty() ? "no zone has that label" : "there are " + values;
  }

  /** The first few of many, in order, each once. */
  static String list(Stream<String> names) {
    Set<String> all = names.collect(Collectors.toCollection(TreeSet::new));
    String first = all.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return all.size() > SHOWN ? first + " and " + (all.size() - SHOWN) + " more" : first;
  }

  private static boolean somewhere(NodeWishes wishes, List<Site> sites) {
    return sites.stream().anyMatch(site -> NodeAffinity.allows(wishes, site));
  }

  private static NodeWishes selector(Map<String, String> selector) {
    return new NodeWishes(selector, Optional.empty(), List.of());
  }

  private static NodeWishes required(List<NodeTerm> terms) {
    return new NodeWishes(Map.of(), Optional.of(terms), List.of());
  }

  private static Set<Cure> cures(List<Site> sites) {
    var cures = new HashSet<Cure>();
    sites.forEach(site -> cures.add(new Cure.NodeChanged(site.id())));
    return cures;
  }
}
