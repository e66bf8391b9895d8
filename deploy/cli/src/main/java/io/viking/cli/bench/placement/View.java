package io.viking.cli.bench.placement;

import io.viking.cloud.client.CatalogSnapshot;
import io.viking.scheduler.decision.World;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.Sites;
import io.viking.scheduler.zone.ZoneNode;
import java.util.List;
import java.util.Map;

/** What a scheduler knows: the catalog as it was told last, and where its own pods are. */
final class View {
  final Inventory inventory = new Inventory();
  final Population population = new Population();
  private final Sites sites = new Sites(inventory);

  View(CatalogSnapshot catalog) {
    Market.ZONES.forEach(
        zone -> sites.nodeSeen(new ZoneNode(zone, Map.of(), List.of(ZoneNode.OURS), false)));
    told(catalog);
  }

  void told(CatalogSnapshot catalog) {
    sites.catalogChanged(catalog);
  }

  World world() {
    return new World(
        sites.all(),
        inventory.assortment(),
        inventory.quotas(),
        population,
        _ -> false,
        _ -> ClaimVerdict.NO_CLAIMS);
  }
}
