package io.viking.adapter.kit.contract;

import static io.viking.adapter.kit.contract.TestZone.add;
import static io.viking.adapter.kit.contract.TestZone.address;
import static io.viking.adapter.kit.contract.TestZone.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.kit.contract.AdapterUnderTest.NetworkByHand;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.Record;
import org.junit.jupiter.api.Test;

/** Records that somebody made by hand are left alone. */
public abstract class ForeignRecordContract extends DnsTopic {
  private static final Record FOREIGN = address("mail", "192.0.2.1");

  @Test
  void foreignRecord_isNotListed_norRemoved_norTakenOver() {
    TestZone zone = newZone();
    zone.ensure();
    byHand().addRecord(zone.name(), FOREIGN);
    try {
      assertThat(zone.list()).isEmpty();
      zone.changed(remove(FOREIGN));
      assertThat(zone.change(add(FOREIGN)))
          .extracting(Failure::getReason)
          .containsExactly(ErrorReason.ERROR_REASON_FOREIGN);

      zone.changed(add(address("mail", "10.1.0.7")));
      assertThat(zone.list()).containsExactly(address("mail", "10.1.0.7"));
    } finally {
      byHand().removeRecord(zone.name(), FOREIGN);
    }
  }

  @Test
  void zoneWithForeignRecords_isNotDeleted_untilTheyAreGone() {
    TestZone zone = newZone();
    String id = zone.ensure();
    byHand().addRecord(zone.name(), FOREIGN);
    try {
      assertThat(failure(zone::delete).reason()).isEqualTo(ErrorReason.ERROR_REASON_FOREIGN);
      assertThat(zone.ensure()).isEqualTo(id);
    } finally {
      byHand().removeRecord(zone.name(), FOREIGN);
    }
    zone.delete();
  }

  @Test
  void recordRemovedBehindOurBack_isAddedAgain() {
    NetworkByHand byHand = byHand();
    TestZone zone = newZone();
    zone.ensure();
    zone.changed(add(address("web", "10.1.0.7")));

    byHand.removeRecord(zone.name(), address("web", "10.1.0.7"));

    assertThat(zone.list()).isEmpty();
    zone.changed(add(address("web", "10.1.0.7")));
    assertThat(zone.list()).hasSize(1);
  }

  private NetworkByHand byHand() {
    return needs(adapter().networkByHand(), "make records by hand");
  }
}
