package io.viking.scheduler.zone;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.selector.LabelRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What placed pods say about others, found by whom it is said of: by one label that the term asks
 * for. Equal terms of one namespace are one, however many pods carry them.
 */
final class TermIndex {
  private record Key(String namespace, int weight, AffinityTerm term) {}

  /** Where a term is looked up; "" stands for any namespace and for no label in particular. */
  private record Place(String namespace, String label, String value) {}

  private record Entry(HeldTerm held, List<Place> places) {}

  private final Map<Key, Entry> entries = new HashMap<>();
  private final SetMultimap<Place, HeldTerm> places = HashMultimap.create();

  /**
   * A pod came to a zone.
   *
   * @param namespace of the pod that carries the term
   */
  void add(String namespace, int weight, AffinityTerm term, String zone) {
    entries.computeIfAbsent(new Key(namespace, weight, term), this::open).held().holders.add(zone);
  }

  void remove(String namespace, int weight, AffinityTerm term, String zone) {
    var key = new Key(namespace, weight, term);
    Entry entry = entries.get(key);
    if (entry == null) {
      return;
    }
    HeldTerm held = entry.held();
    held.holders.remove(zone);
    if (held.holders.isEmpty()) {
      entries.remove(key);
      entry.places().forEach(place -> places.remove(place, held));
    }
  }

  /** Each term that looks at a pod of that namespace with these labels. */
  void forEach(
      String namespace,
      Map<String, String> labels,
      Namespaces namespaces,
      Consumer<HeldTerm> each) {
    if (entries.isEmpty()) {
      return;
    }
    Consumer<HeldTerm> ifItLooks =
        held -> {
          PodScope scope = held.term().scope();
          if (scope.match().test(labels) && namespaces.covers(scope, namespace)) {
            each.accept(held);
          }
        };
    for (String where : List.of(namespace, "")) {
      places.get(new Place(where, "", "")).forEach(ifItLooks);
      labels.forEach(
          (label, value) -> places.get(new Place(where, label, value)).forEach(ifItLooks));
    }
  }

  private Entry open(Key key) {
    var held = new HeldTerm(key.namespace(), key.weight(), key.term());
    List<Place> at = rarest(key.term().scope());
    at.forEach(place -> places.put(place, held));
    return new Entry(held, at);
  }

  /** By the label that the fewest terms are found by; whom the term looks at is at one of them. */
  private List<Place> rarest(PodScope scope) {
    if (scope.match().nothing()) {
      return List.of();
    }
    Set<String> namespaces = scope.namespaceMatch().nothing() ? scope.namespaces() : Set.of("");
    List<Place> rarest = new ArrayList<>();
    namespaces.forEach(namespace -> rarest.add(new Place(namespace, "", "")));
    int least = Integer.MAX_VALUE;
    for (LabelRule rule : scope.match().rules()) {
      if (rule.operator() == LabelRule.Operator.IN) {
        var candidates = new ArrayList<Place>();
        for (String namespace : namespaces) {
          rule.values().forEach(value -> candidates.add(new Place(namespace, rule.key(), value)));
        }
        int there = candidates.stream().mapToInt(place -> places.get(place).size()).sum();
        if (there < least) {
          least = there;
          rarest.clear();
          rarest.addAll(candidates);
        }
      }
    }
    return List.copyOf(rarest);
  }
}
