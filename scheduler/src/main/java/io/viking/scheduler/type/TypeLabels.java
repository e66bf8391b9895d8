package io.viking.scheduler.type;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.zone.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labels of nodes that a zone's Node cannot have for all: it stands for every type that is sold in
 * the zone. Rules on them are judged for the zone and a type together.
 */
public final class TypeLabels {
  public static final String TYPE = "node.kubernetes.io/instance-type";
  public static final String ARCHITECTURE = "kubernetes.io/arch";

  private static final Set<String> KEYS = Set.of(TYPE, ARCHITECTURE);

  private TypeLabels() {}

  /** Whether a label is a type's and not a zone's. */
  public static boolean isOfType(String key) {
    return KEYS.contains(key);
  }

  /** Whether it depends on the type where the pod may go. */
  public static boolean areRequired(NodeWishes wishes) {
    return wishes.require(KEYS);
  }

  /** The preferences that depend on the type. */
  public static List<NodeWishes.Preferred> preferred(NodeWishes wishes) {
    return wishes.preferred().stream().filter(wish -> wish.term().mentions(KEYS)).toList();
  }

  /** Of a node of that type in that zone. */
  public static Map<String, String> of(Site site, InstanceType type) {
    var labels = new HashMap<>(site.labels());
    labels.put(TYPE, type.getName());
    if (!type.getArchitecture().isEmpty()) {
      labels.put(ARCHITECTURE, type.getArchitecture());
    }
    return labels;
  }

  /** Whether what the pod requires of nodes is true of that type in that zone. */
  public static boolean allow(NodeWishes wishes, Site site, InstanceType type) {
    return wishes.allow(site.id(), of(site, type));
  }

  /** Whether it is true of any type that the zone sells. */
  public static boolean allow(NodeWishes wishes, Site site) {
    return areRequired(wishes)
        ? site.shelf().types().stream().anyMatch(type -> allow(wishes, site, type))
        : wishes.allow(site.id(), site.labels());
  }
}
