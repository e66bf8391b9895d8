package io.viking.scheduler.selector;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod says about nodes.
 *
 * @param selector {@code spec.nodeSelector}: all must be there
 * @param required terms of which one must hold; empty: nothing is required. A list without terms
 *     matches no node, as upstream has it
 * @param preferred terms that add their weight where they hold
 */
public record NodeWishes(
    Map<String, String> selector, Optional<List<NodeTerm>> required, List<Preferred> preferred) {
  public static final NodeWishes NONE = new NodeWishes(Map.of(), Optional.empty(), List.of());

  /**
   * @param weight 1-100
   */
  public record Preferred(int weight, NodeTerm term) {}

  public NodeWishes {
    selector = Map.copyOf(selector);
    required = required.map(List::copyOf);
    preferred = List.copyOf(preferred);
  }

  public boolean allow(String nodeName, Map<String, String> nodeLabels) {
    return nodeLabels.entrySet().containsAll(selector.entrySet())
        && required
            .map(terms -> terms.stream().anyMatch(term -> term.test(nodeName, nodeLabels)))
            .orElse(true);
  }

  /** Whether what is required depends on one of these labels. */
  public boolean require(Set<String> keys) {
    return !Collections.disjoint(selector.keySet(), keys)
        || required.stream().flatMap(List::stream).anyMatch(term -> term.mentions(keys));
  }

  /** The values of a label that what is required names. */
  public Set<String> named(String key) {
    var values = new HashSet<String>();
    if (selector.containsKey(key)) {
      values.add(selector.get(key));
    }
    required.stream().flatMap(List::stream).forEach(term -> values.addAll(term.named(key)));
    return values;
  }

  /** What is required and this term too. */
  public NodeWishes and(NodeTerm term) {
    return new NodeWishes(
        selector,
        Optional.of(
            required
                .map(
                    terms ->
                        terms.stream()
                            .filter(one -> !one.isEmpty())
                            .map(one -> one.and(term))
                            .toList())
                .orElse(List.of(term))),
        preferred);
  }

  /** The sum of the weights of the preferences that hold. */
  public int weight(String nodeName, Map<String, String> nodeLabels) {
    int sum = 0;
    for (Preferred wish : preferred) {
      if (wish.term().test(nodeName, nodeLabels)) {
        sum += wish.weight();
      }
    }
    return sum;
  }
}
