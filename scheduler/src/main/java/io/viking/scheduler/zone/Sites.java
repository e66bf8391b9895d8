package io.viking.scheduler.zone;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.scheduler.pod.PodReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The zones of the catalog, each with its Node if there is one. Confined to one thread. */
public final class Sites {
  private final Inventory inventory;
  private final Map<String, ZoneNode> nodes = new HashMap<>();
  private List<Site> sites = List.of();

  public Sites(Inventory inventory) {
    this.inventory = inventory;
  }

  /** In the catalog's order. */
  public List<Site> all() {
    return sites;
  }

  /** Whether pods can be bound there now. */
  public boolean canBind(String zone) {
    return inventory.catalog().zones().containsKey(zone) && zoneNode(zone).isPresent();
  }

  /**
   * The zone that a pod counts in: of one on a real node, the one that the node's labels say. API
   * servers before 1.35 do not copy them to the pod.
   *
   * @param place a zone, or the name of a Node
   */
  public String zoneOf(String place) {
    ZoneNode node = nodes.get(place);
    return node == null ? place : node.labels().getOrDefault(PodReader.ZONE_LABEL, place);
  }

  /** Whether there is a node of that name, a zone's or not. */
  public boolean hasNode(String name) {
    return nodes.containsKey(name);
  }

  /** Labels of a zone's node; empty without one. */
  public Map<String, String> labels(String zone) {
    ZoneNode node = nodes.get(zone);
    return node == null ? Map.of() : node.labels();
  }

  public Set<Cure> catalogChanged(CatalogSnapshot catalog) {
    Set<Cure> cures = inventory.update(catalog);
    rebuild();
    return cures;
  }

  /** Nodes that stand for no zone are known too: their zone may come later. */
  public Set<Cure> nodeSeen(ZoneNode node) {
    if (node.equals(nodes.put(node.name(), node))) {
      return Set.of();
    }
    rebuild();
    return Set.of(new Cure.NodeChanged(node.name()));
  }

  public Set<Cure> nodeGone(String name) {
    if (nodes.remove(name) == null) {
      return Set.of();
    }
    rebuild();
    return Set.of(new Cure.NodeChanged(name));
  }

  /** A machine that has a zone's name is not that zone. */
  private Optional<ZoneNode> zoneNode(String zone) {
    return Optional.ofNullable(nodes.get(zone)).filter(ZoneNode::isOurs);
  }

  private void rebuild() {
    sites =
        inventory.catalog().zones().values().stream()
            .map(zone -> new Site(zone, zoneNode(zone.getId()), inventory.shelf(zone.getId())))
            .toList();
  }
}
