package io.viking.scheduler.loop;

import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.selector.Toleration;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.zone.ZoneNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What upstream documents of constraints, pod by pod and without any index: slow and plain. Knows
 * nothing of stock.
 */
final class Oracle {
  /** A pod that has a zone. */
  record Present(String zone, Crowd crowd) {}

  private final Map<String, ZoneNode> nodes = new HashMap<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  void node(ZoneNode node) {
    nodes.put(node.name(), node);
  }

  void namespace(String name, Map<String, String> labels) {
    namespaces.put(name, labels);
  }

  /** The constraints that one more pod in a zone would break; empty if it may go there. */
  List<String> broken(PodShape shape, String zone, List<Present> present) {
    var broken = new ArrayList<String>();
    ZoneNode node = nodes.get(zone);
    if (node == null) {
      return List.of("the zone has no node");
    }
    if (!shape.nodes().allow(zone, node.labels())) {
      broken.add("node selector or affinity");
    }
    if (repels(node, shape)) {
      broken.add("taint or cordon");
    }
    for (AffinityTerm term : shape.ties().away()) {
      if (present.stream().anyMatch(p -> together(term, p, zone) && sees(term, p.crowd()))) {
        broken.add("anti-affinity " + term);
      }
    }
    for (Present other : present) {
      for (AffinityTerm term : other.crowd().ties().away()) {
        if (together(term, other, zone) && sees(term, shape.crowd())) {
          broken.add("anti-affinity of a pod in " + other.zone() + ": " + term);
        }
      }
    }
    broken.addAll(lackOfCompany(shape, zone, present));
    for (SpreadConstraint constraint : shape.spread()) {
      skew(shape, constraint, zone, present).ifPresent(broken::add);
    }
    return broken;
  }

  private List<String> lackOfCompany(PodShape shape, String zone, List<Present> present) {
    List<AffinityTerm> terms = shape.ties().near();
    List<Present> company =
        present.stream()
            .filter(p -> terms.stream().allMatch(term -> sees(term, p.crowd())))
            .filter(
                p ->
                    terms.stream()
                        .anyMatch(term -> value(p.zone(), term.topologyKey()).isPresent()))
            .toList();
    boolean first = company.isEmpty() && terms.stream().allMatch(term -> sees(term, shape.crowd()));
    var lacking = new ArrayList<String>();
    for (AffinityTerm term : terms) {
      boolean found = company.stream().anyMatch(p -> together(term, p, zone));
      if (value(zone, term.topologyKey()).isEmpty() || !found && !first) {
        lacking.add("affinity " + term);
      }
    }
    return lacking;
  }

  private Optional<String> skew(
      PodShape shape, SpreadConstraint constraint, String zone, List<Present> present) {
    var domains = new HashSet<String>();
    var counted = new HashSet<String>();
    for (ZoneNode node : nodes.values()) {
      boolean hasKeys =
          shape.spread().stream().allMatch(c -> node.labels().containsKey(c.topologyKey()));
      boolean affinity =
          !constraint.honorAffinity() || shape.nodes().allow(node.name(), node.labels());
      boolean taints = !constraint.honorTaints() || !repels(node, shape);
      if (hasKeys && affinity && taints) {
        counted.add(node.name());
        domains.add(node.labels().get(constraint.topologyKey()));
      }
    }
    if (!counted.contains(zone)) {
      return Optional.of("the zone is in no domain of " + constraint);
    }
    var pods = new HashMap<String, Integer>();
    domains.forEach(domain -> pods.put(domain, 0));
    for (Present p : present) {
      if (counted.contains(p.zone())
          && !p.crowd().terminating()
          && p.crowd().namespace().equals(shape.namespace())
          && constraint.scope().match().test(p.crowd().labels())) {
        pods.merge(value(p.zone(), constraint.topologyKey()).orElseThrow(), 1, Integer::sum);
      }
    }
    int least =
        domains.size() < constraint.minDomains()
            ? 0
            : pods.values().stream().mapToInt(count -> count).min().orElse(0);
    int self = constraint.scope().match().test(shape.crowd().labels()) ? 1 : 0;
    int skew = pods.get(value(zone, constraint.topologyKey()).orElseThrow()) + self - least;
    return skew <= constraint.maxSkew()
        ? Optional.empty()
        : Optional.of("skew " + skew + " of " + pods + " for " + constraint);
  }

  private boolean together(AffinityTerm term, Present other, String zone) {
    Optional<String> here = value(zone, term.topologyKey());
    return here.isPresent() && here.equals(value(other.zone(), term.topologyKey()));
  }

  private boolean sees(AffinityTerm term, Crowd crowd) {
    PodScope scope = term.scope();
    return (scope.namespaces().contains(crowd.namespace())
            || scope.namespaceMatch().test(namespaces.getOrDefault(crowd.namespace(), Map.of())))
        && scope.match().test(crowd.labels());
  }

  private Optional<String> value(String zone, String key) {
    return Optional.ofNullable(nodes.get(zone)).map(node -> node.labels().get(key));
  }

  private static boolean repels(ZoneNode node, PodShape shape) {
    var taints = new ArrayList<>(node.taints());
    if (node.cordoned()) {
      taints.add(new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule"));
    }
    return taints.stream()
        .filter(taint -> !taint.equals(Cloud.OURS) && !taint.effect().equals("PreferNoSchedule"))
        .anyMatch(taint -> shape.tolerations().stream().noneMatch(t -> tolerates(t, taint)));
  }

  private static boolean tolerates(Toleration toleration, Taint taint) {
    boolean exists = toleration.operator().equals("Exists");
    return (toleration.effect().isEmpty() || toleration.effect().equals(taint.effect()))
        && (toleration.key().isEmpty() && exists || toleration.key().equals(taint.key()))
        && (exists || toleration.value().equals(taint.value()));
  }
}
