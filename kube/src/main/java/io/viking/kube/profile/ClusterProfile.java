package io.viking.kube.profile;

import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.CloudAnnotations;
import io.viking.kube.annotations.PlacementAnnotations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds in a cluster for pods that do not say otherwise. Immutable; its functions are pure.
 *
 * <p>A pod's own value wins, then the first rule that covers the pod, then the defaults. Effects of
 * rules are put on the pod itself, on its Binding; defaults only on its instance.
 *
 * @param defaults values of pod annotations, by key
 * @param rules in the order in which they count
 */
public record ClusterProfile(Map<String, String> defaults, List<ProfileRule> rules) {
  public static final ClusterProfile NONE = new ClusterProfile(Map.of(), List.of());

  /**
   * Annotation of a bound pod: the vSwitches by which it got its zone, where the defaults named
   * them. They hold for its instance although the profile may have changed since.
   */
  public static final String CHOSEN_VSWITCHES = "viking.io/vswitches";

  private static final String VSWITCH = PlacementAnnotations.VSWITCH.key();

  public ClusterProfile {
    defaults = Map.copyOf(defaults);
    rules = List.copyOf(rules);
  }

  /** Whether it matters in what namespace a pod is. */
  public boolean asksNamespaces() {
    return rules.stream().anyMatch(rule -> !rule.namespaceLabels().isEmpty());
  }

  /** What is to be put on a pod when it gets its zone. */
  public Additions additions(PodFace pod) {
    if (equals(NONE)) {
      return Additions.NONE;
    }
    Additions effects = effects(pod);
    Map<String, String> annotations = new HashMap<>(effects.annotations());
    String vswitches = defaults.getOrDefault(VSWITCH, "");
    if (!vswitches.isEmpty() && !says(pod.annotations(), VSWITCH) && !says(annotations, VSWITCH)) {
      annotations.put(CHOSEN_VSWITCHES, vswitches);
    }
    return new Additions(effects.labels(), annotations);
  }

  /**
   * The annotations by which a zone and an instance are chosen: the pod's own, those that rules
   * add, and the defaults.
   */
  public Map<String, String> completed(PodFace pod) {
    return equals(NONE)
        ? pod.annotations()
        : withDefaults(pod.annotations(), effects(pod).annotations());
  }

  /** The same for a pod that carries already what rules add. */
  public Map<String, String> withDefaults(Map<String, String> annotations) {
    return withDefaults(annotations, Map.of());
  }

  private Map<String, String> withDefaults(Map<String, String> own, Map<String, String> added) {
    Map<String, String> all = new LinkedHashMap<>(own);
    added.forEach(all::putIfAbsent);
    String chosen = own.getOrDefault(CHOSEN_VSWITCHES, "");
    if (!chosen.isEmpty()) {
      all.putIfAbsent(VSWITCH, chosen);
    }
    defaults.forEach(
        (key, value) -> {
          if (!says(all, key)) {
            all.put(key, value);
          }
        });
    return all;
  }

  private Additions effects(PodFace pod) {
    Map<String, String> labels = new HashMap<>();
    Map<String, String> annotations = new HashMap<>();
    for (ProfileRule rule : rules) {
      if (rule.covers(pod)) {
        rule.effect()
            .labels()
            .forEach(
                (key, value) -> {
                  if (!pod.labels().containsKey(key)) {
                    labels.putIfAbsent(key, value);
                  }
                });
        rule.effect()
            .annotations()
            .forEach(
                (key, value) -> {
                  if (!says(pod.annotations(), key) && !says(annotations, key)) {
                    annotations.put(key, value);
                  }
                });
      }
    }
    return new Additions(labels, annotations);
  }

  /** Whether annotations say something by a key, or by another name of it. */
  private static boolean says(Map<String, String> annotations, String key) {
    if (annotations.containsKey(key)) {
      return true;
    }
    Optional<CloudAnnotation<?>> known = CloudAnnotations.byKey(key);
    return known.isPresent()
        && CloudAnnotations.keys(known.get()).stream().anyMatch(annotations::containsKey);
  }
}
