package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pod affinity and anti-affinity.
 *
 * <p>On {@code kubernetes.io/hostname} every pod has a host of its own: anti-affinity holds by
 * itself and is dropped here, affinity never can: required it is a flaw, preferred it is dropped.
 */
final class TiesReader {
  static final String HOSTNAME = "kubernetes.io/hostname";

  private final String namespace;
  private final Map<String, String> labels;

  private TiesReader(String namespace, Map<String, String> labels) {
    this.namespace = namespace;
    this.labels = labels;
  }

  static Ties read(V1PodSpec spec, String namespace, Map<String, String> labels) {
    if (spec.getAffinity() == null) {
      return Ties.NONE;
    }
    var near = Optional.ofNullable(spec.getAffinity().getPodAffinity());
    var away = Optional.ofNullable(spec.getAffinity().getPodAntiAffinity());
    var reader = new TiesReader(namespace, labels);
    var ties =
        new Ties(
            reader.required(
                near.map(a -> a.getRequiredDuringSchedulingIgnoredDuringExecution())
                    .orElse(List.of())),
            reader.required(
                away.map(a -> a.getRequiredDuringSchedulingIgnoredDuringExecution())
                    .orElse(List.of())),
            Stream.concat(
                    reader.preferred(
                        1,
                        near.map(a -> a.getPreferredDuringSchedulingIgnoredDuringExecution())
                            .orElse(List.of())),
                    reader.preferred(
                        -1,
                        away.map(a -> a.getPreferredDuringSchedulingIgnoredDuringExecution())
                            .orElse(List.of())))
                .toList());
    return ties.isEmpty() ? Ties.NONE : ties;
  }

  /** What can never be honoured as it is written. */
  static List<String> flaws(V1PodSpec spec) {
    var flaws = new ArrayList<String>();
    var affinity = spec.getAffinity() == null ? null : spec.getAffinity().getPodAffinity();
    List<V1PodAffinityTerm> required =
        affinity == null
            ? List.of()
            : Absent.list(affinity.getRequiredDuringSchedulingIgnoredDuringExecution());
    if (required.stream().anyMatch(term -> HOSTNAME.equals(term.getTopologyKey()))) {
      flaws.add(
          "spec.affinity.podAffinity requires other pods on the same "
              + HOSTNAME
              + ", but every pod has a host of its own here; use "
              + PodReader.ZONE_LABEL);
    }
    return flaws;
  }

  private List<AffinityTerm> required(List<V1PodAffinityTerm> terms) {
    return terms.stream()
        .filter(term -> !HOSTNAME.equals(term.getTopologyKey()))
        .map(this::term)
        .toList();
  }

  private Stream<WeightedTerm> preferred(int sign, List<V1WeightedPodAffinityTerm> terms) {
    return terms.stream()
        .filter(wish -> !HOSTNAME.equals(wish.getPodAffinityTerm().getTopologyKey()))
        .map(wish -> new WeightedTerm(sign * wish.getWeight(), term(wish.getPodAffinityTerm())));
  }

  /** Without namespaces and without a selector for them it looks into the pod's own. */
  private AffinityTerm term(V1PodAffinityTerm term) {
    var selector = term.getNamespaceSelector();
    Set<String> namespaces = Set.copyOf(Absent.list(term.getNamespaces()));
    return new AffinityTerm(
        Absent.text(term.getTopologyKey()),
        new PodScope(
            namespaces.isEmpty() && selector == null ? Set.of(namespace) : namespaces,
            SelectorReader.match(selector),
            SelectorReader.match(
                term.getLabelSelector(),
                term.getMatchLabelKeys(),
                term.getMismatchLabelKeys(),
                labels)));
  }
}
