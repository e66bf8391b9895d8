package io.viking.adapter.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogChangesTest {
  private static final Zone ZONE = Zone.newBuilder().setId("a").build();
  private static final Zone CLOSED = ZONE.toBuilder().setAvailable(false).setRegion("r").build();

  private final CatalogChanges changes = new CatalogChanges(100, 10, Runnable::run);
  private final FakeCaller<WatchCatalogResponse> caller = new FakeCaller<>();

  @Test
  void watch_tellsZonesOffersAndQuotas_inOneAnswer() {
    Offer offer = Offer.newBuilder().setZone("a").setInstanceType("t").build();
    assertThat(changes.changed(10, List.of(ZONE, offer))).isEqualTo(12);
    assertThat(changes.changed(12, List.of(CLOSED, used(1), used(2)))).isEqualTo(15);

    assertThat(watch(10))
        .isEqualTo(
            WatchCatalogResponse.newBuilder()
                .setRevision(15)
                .addZones(CLOSED)
                .addOffers(offer)
                .addQuotas(used(2))
                .build());
  }

  /** A caller who took the offer alone would believe the quota to be as new. */
  @Test
  void whatChangedTogether_comesInOneAnswer_toWhoTakesEachAtOnce() {
    Offer offer = Offer.newBuilder().setZone("a").setInstanceType("t").build();
    changes.watch(WatchCatalogRequest.newBuilder().setRevision(10).build(), caller);

    changes.changed(10, List.of(ZONE, offer, used(1)));

    assertThat(caller.received())
        .last()
        .isEqualTo(
            WatchCatalogResponse.newBuilder()
                .setRevision(13)
                .addZones(ZONE)
                .addOffers(offer)
                .addQuotas(used(1))
                .build());
    assertThat(caller.received()).as("the first only says the revision").hasSize(2);
  }

  @Test
  void whatIsNoItem_isRefused_andNothingOfItTold() {
    assertThatThrownBy(
            () -> changes.changed(10, List.of(ZONE, WatchCatalogRequest.getDefaultInstance())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No item of a catalog: WatchCatalogRequest");

    assertThat(watch(10)).isEqualTo(WatchCatalogResponse.newBuilder().setRevision(10).build());
  }

  @Test
  void zoneThatWent_isNamed() {
    changes.changed(10, List.of(ZONE));
    changes.removed(12, ZONE);

    assertThat(watch(10))
        .isEqualTo(WatchCatalogResponse.newBuilder().setRevision(12).addRemovedZones("a").build());
  }

  @Test
  void zoneThatWentAndCameBack_isOnlyThere() {
    changes.removed(11, ZONE);
    changes.changed(11, List.of(CLOSED));

    assertThat(watch(10))
        .isEqualTo(WatchCatalogResponse.newBuilder().setRevision(12).addZones(CLOSED).build());
  }

  private static Quota used(long instances) {
    return Quota.newBuilder().setName("instances").setLimit(9).setUsed(instances).build();
  }

  private WatchCatalogResponse watch(long revision) {
    changes.watch(WatchCatalogRequest.newBuilder().setRevision(revision).build(), caller);
    return caller.received().getFirst();
  }
}
