package io.viking.scheduler.zone;

import static io.viking.scheduler.testing.Cloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.testing.Cloud;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final String TYPE = "1-2Gi";

  private final Inventory inventory = new Inventory();
  private final Cloud cloud = cloud().stock("h", TYPE, 10).addresses("h", 20);

  @Test
  void left_claims_areTakenOffStockAndAddresses() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.claim("b", "h", TYPE);
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(8);
    assertThat(inventory.shelf("h").addresses(List.of())).isEqualTo(18);
    assertThat(inventory.shelf("i").left(TYPE)).isEqualTo(Shelf.UNBOUNDED);
  }

  @Test
  void left_catalogShowsTheInstance_countsItOnce() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.update(cloud.stock("h", TYPE, 9).addresses("h", 19).snapshot());
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
    inventory.started("a", "h");
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
    assertThat(inventory.claims()).isEmpty();
  }

  @Test
  void left_startedElsewhere_givesBackAllOfIt() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.claim("b", "h", TYPE);
    inventory.update(cloud.stock("h", TYPE, 9).snapshot());
    inventory.started("a", "i");
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
  }

  @Test
  void release_claim_namesWhatIsThereAgain() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    assertThat(inventory.release("a"))
        .containsExactlyInAnyOrder(new Cure.Stock("h", TYPE), new Cure.Addresses("h"));
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(10);
    assertThat(inventory.release("a")).isEmpty();
  }

  @Test
  void left_startedBeforeTheCatalogShowsIt_staysTakenUntilItDoes() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.started("a", "h");
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
    assertThat(inventory.update(cloud.stock("h", TYPE, 9).addresses("h", 19).snapshot())).isEmpty();
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
  }

  @Test
  void update_putTogetherBeforeTheInstanceWasMade_leavesItTaken() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.started("a", "h");
    inventory.update(cloud.addresses("i", 7).snapshot());
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
    inventory.update(cloud.stock("h", TYPE, 9).snapshot());
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(9);
  }

  @Test
  void confirm_startedAndStillNotShown_isTheCloudsMatter() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.started("a", "h");
    assertThat(inventory.confirm()).isEmpty();
    assertThat(inventory.confirm()).contains(new Cure.Stock("h", TYPE), new Cure.Addresses("h"));
    assertThat(inventory.shelf("h").left(TYPE)).isEqualTo(10);
  }

  @Test
  void update_moreOfSomething_namesIt() {
    inventory.update(cloud.closed("j").snapshot());
    assertThat(inventory.update(cloud.snapshot())).isEmpty();
    assertThat(inventory.update(cloud.stock("h", TYPE, 11).snapshot()))
        .containsExactly(new Cure.Stock("h", TYPE));
    assertThat(inventory.update(cloud.stock("h", TYPE, -1).snapshot()))
        .containsExactly(new Cure.Stock("h", TYPE));
    assertThat(inventory.update(cloud.price("h", TYPE, 50).snapshot()))
        .containsExactly(new Cure.SpotPrice("h", TYPE));
    assertThat(inventory.update(cloud.price("h", TYPE, 55).snapshot())).isEmpty();
    assertThat(inventory.update(cloud.addresses("h", 21).snapshot()))
        .containsExactly(new Cure.Addresses("h"));
    assertThat(inventory.update(cloud.reopen("j").snapshot()))
        .containsExactly(new Cure.ZoneChanged("j"));
    assertThat(inventory.update(cloud.zones("h", "i").snapshot()))
        .containsExactly(new Cure.ZonesChanged());
    assertThat(inventory.update(cloud.type("2-4Gi", 2000, 4096, 0, true).snapshot()))
        .contains(new Cure.TypesChanged());
  }

  @Test
  void update_lessOfSomething_curesNothing() {
    inventory.update(cloud.snapshot());
    assertThat(inventory.update(cloud.stock("h", TYPE, 0).addresses("h", 0).closed("i").snapshot()))
        .isEmpty();
  }

  @Test
  void shelf_unknownTypeOrZone_hasNothing() {
    inventory.update(cloud.notSelling("h", "4-8Gi").snapshot());
    assertThat(inventory.shelf("h").sells("4-8Gi")).isFalse();
    assertThat(inventory.shelf("h").left("4-8Gi")).isZero();
    assertThat(inventory.shelf("nowhere").left(TYPE)).isZero();
  }

  @Test
  void shelf_vswitches_countThoseNamed() {
    inventory.update(cloud.snapshot());
    assertThat(inventory.shelf("h").addresses(List.of("vsw-h"))).isEqualTo(20);
    assertThat(inventory.shelf("h").addresses(List.of("vsw-i"))).isZero();
  }

  @Test
  void price_spot_isTheMarkets() {
    inventory.update(cloud.price("h", TYPE, 100).snapshot());
    assertThat(inventory.shelf("h").price(TYPE, Optional.empty())).hasValue(100);
    assertThat(price(Bid.ANY, false)).hasValue(20);
    assertThat(price(20, false)).hasValue(20);
    assertThat(price(19, false)).isEmpty();
    assertThat(price(19, true)).hasValue(100);
    assertThat(inventory.shelf("h").price("none", Optional.of(new Bid(Bid.ANY, true)))).isEmpty();
  }

  private OptionalLong price(long limit, boolean fallback) {
    return inventory.shelf("h").price(TYPE, Optional.of(new Bid(limit, fallback)));
  }
}
