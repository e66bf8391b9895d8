package io.viking.scheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.testing.Cloud;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SitesTest {
  private final Sites sites = new Sites(new Inventory());

  @BeforeEach
  void catalog() {
    sites.catalogChanged(Cloud.cloud().snapshot());
  }

  @Test
  void all_withMachinesAround_areTheZonesOfTheCatalog() {
    sites.nodeSeen(Cloud.node("h"));
    sites.nodeSeen(machine("worker-1", Cloud.labels("h")));
    assertThat(sites.all()).extracting(Site::id).containsExactly("h", "i", "j");
    assertThat(sites.canBind("h")).isTrue();
    assertThat(sites.canBind("worker-1")).isFalse();
  }

  @Test
  void machine_withTheNameOfAZone_isNotThatZone() {
    sites.nodeSeen(machine("h", Cloud.labels("h")));
    assertThat(sites.canBind("h")).isFalse();
    assertThat(sites.all().getFirst().node()).isEmpty();
    sites.nodeSeen(Cloud.node("h"));
    assertThat(sites.canBind("h")).isTrue();
  }

  @Test
  void zoneOf_machine_isTheZoneOfItsLabel() {
    sites.nodeSeen(machine("worker-1", Cloud.labels("i")));
    sites.nodeSeen(machine("worker-2", Map.of()));
    assertThat(sites.zoneOf("worker-1")).isEqualTo("i");
    assertThat(sites.zoneOf("worker-2")).isEqualTo("worker-2");
    assertThat(sites.zoneOf("unknown")).isEqualTo("unknown");
    assertThat(sites.zoneOf("h")).isEqualTo("h");
  }

  private static ZoneNode machine(String name, Map<String, String> labels) {
    return new ZoneNode(name, labels, List.of(), false);
  }
}
