package io.viking.adapter.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Offer;
import io.viking.cloud.v1.Quota;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.Zone;
import org.junit.jupiter.api.Test;

class CatalogChangesTest {
  private static final Zone ZONE = Zone.newBuilder().setId("a").build();
  private static final Zone CLOSED = ZONE.toBuilder().setAvailable(false).setRegion("r").build();

  private final CatalogChanges changes = new CatalogChanges(100, 10, Runnable::run);
  private final FakeCaller<WatchCatalogResponse> caller = new FakeCaller<>();

  @Test
  void watch_tellsZonesOffersAndQuotas_inOneAnswer() {
    Offer offer = Offer.newBuilder().setZone("a").setInstanceType("t").build();
    changes.changed(11, ZONE);
    changes.changed(12, offer);
    changes.changed(13, CLOSED);
    changes.changed(14, used(1));
    changes.changed(15, used(2));

    assertThat(watch(10))
        .isEqualTo(
            WatchCatalogResponse.newBuilder()
                .setRevision(15)
                .addZones(CLOSED)
                .addOffers(offer)
                .addQuotas(used(2))
                .build());
  }

  @Test
  void zoneThatWent_isNamed() {
    changes.changed(11, ZONE);
    changes.removed(12, ZONE);

    assertThat(watch(10))
        .isEqualTo(WatchCatalogResponse.newBuilder().setRevision(12).addRemovedZones("a").build());
  }

  @Test
  void zoneThatWentAndCameBack_isOnlyThere() {
    changes.removed(11, ZONE);
    changes.changed(12, CLOSED);

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
