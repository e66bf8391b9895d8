package io.viking.scheduler.zone;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds crowds by their labels. A key is indexed when a selector first asks for it: selectors know
 * a few keys, while pods may each carry labels of their own.
 */
final class CrowdIndex {
  private final Set<Headcount> crowds = new LinkedHashSet<>();
  private final Map<String, SetMultimap<String, Headcount>> keys = new HashMap<>();

  CrowdIndex(Collection<Headcount> crowds) {
    this.crowds.addAll(crowds);
  }

  void add(Headcount crowd) {
    crowds.add(crowd);
    keys.forEach((key, byValue) -> put(byValue, key, crowd));
  }

  void remove(Headcount crowd) {
    crowds.remove(crowd);
    keys.forEach(
        (key, byValue) -> {
          String value = crowd.crowd.labels().get(key);
          if (value != null) {
            byValue.remove(value, crowd);
          }
        });
  }

  boolean isEmpty() {
    return crowds.isEmpty();
  }

  /** Those whose labels match. Looks at no more than the rarest label of the selector has. */
  void forEach(LabelMatch match, Consumer<Headcount> each) {
    if (match.nothing()) {
      return;
    }
    for (Collection<Headcount> candidates : fewest(match)) {
      for (Headcount crowd : candidates) {
        if (match.test(crowd.crowd.labels())) {
          each.accept(crowd);
        }
      }
    }
  }

  private List<Collection<Headcount>> fewest(LabelMatch match) {
    List<Collection<Headcount>> fewest = List.of(crowds);
    int size = crowds.size();
    for (LabelRule rule : match.rules()) {
      if (rule.operator() == LabelRule.Operator.IN) {
        SetMultimap<String, Headcount> byValue = byValue(rule.key());
        var having = new ArrayList<Collection<Headcount>>(rule.values().size());
        int count = 0;
        for (String value : rule.values()) {
          Collection<Headcount> some = byValue.get(value);
          having.add(some);
          count += some.size();
        }
        if (count < size) {
          fewest = having;
          size = count;
        }
      }
    }
    return fewest;
  }

  private SetMultimap<String, Headcount> byValue(String key) {
    return keys.computeIfAbsent(
        key,
        _ -> {
          SetMultimap<String, Headcount> byValue = HashMultimap.create();
          crowds.forEach(crowd -> put(byValue, key, crowd));
          return byValue;
        });
  }

  private static void put(SetMultimap<String, Headcount> byValue, String key, Headcount crowd) {
    String value = crowd.crowd.labels().get(key);
    if (value != null) {
      byValue.put(value, crowd);
    }
  }
}
