package io.viking.scheduler.selector;

import java.util.List;
import java.util.Map;
import java.util.Optional;

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
