package io.viking.adapter.kit.contract;

import static io.viking.adapter.kit.contract.TestZone.add;
import static io.viking.adapter.kit.contract.TestZone.address;
import static io.viking.adapter.kit.contract.TestZone.record;
import static io.viking.adapter.kit.contract.TestZone.remove;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.EnsureDnsZoneRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Private zones and their records. */
public abstract class DnsContract extends DnsTopic {
  @Test
  void ensured_again_isTheSameZone() {
    TestZone zone = newZone();

    String id = zone.ensure();

    assertThat(id).isNotBlank();
    assertThat(zone.ensure()).isEqualTo(id);
    assertThat(zone.list()).isEmpty();
  }

  @Test
  void records_ofAllTypes_areListedAsTheyWereGiven() {
    TestZone zone = newZone();
    zone.ensure();
    Record[] records = {
      address("web.default.svc", "10.1.0.7"),
      record("web.default.svc", RecordType.RECORD_TYPE_AAAA, "fd00::7", 60),
      record("alias.default.svc", RecordType.RECORD_TYPE_CNAME, "example.com.", 60),
      record("_http._tcp.web", RecordType.RECORD_TYPE_SRV, "0 100 80 web.example.com.", 60),
      record("7.0.1.10", RecordType.RECORD_TYPE_PTR, "web.example.com.", 60),
      record("dns-version", RecordType.RECORD_TYPE_TXT, "\"1.1.0\"", 60)
    };

    for (Record record : records) {
      zone.changed(add(record));
    }

    assertThat(zone.list()).containsExactlyInAnyOrder(records);
  }

  @Test
  void addedAgain_isOne_andTakesTheNewTtl() {
    TestZone zone = newZone();
    zone.ensure();
    zone.changed(add(record("web", RecordType.RECORD_TYPE_A, "10.1.0.7", 60)));

    zone.changed(add(record("web", RecordType.RECORD_TYPE_A, "10.1.0.7", 3600)));

    assertThat(zone.list())
        .singleElement()
        .satisfies(record -> assertThat(record.getTtl()).isGreaterThanOrEqualTo(3600));
  }

  @Test
  void ttl_isRoundedUpToWhatTheCloudOffers_or_isItsDefault() {
    TestZone zone = newZone();
    zone.ensure();
    zone.changed(add(record("a", RecordType.RECORD_TYPE_A, "10.1.0.7", 7)));
    zone.changed(add(record("b", RecordType.RECORD_TYPE_A, "10.1.0.7", 0)));

    assertThat(zone.list())
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.getTtl()).isGreaterThanOrEqualTo(7));
  }

  @Test
  void removed_isGone_andRemovingAgainIsDone() {
    TestZone zone = newZone();
    zone.ensure();
    zone.changed(add(address("web", "10.1.0.7")), add(address("web", "10.1.0.8")));

    zone.changed(remove(address("web", "10.1.0.7")));
    zone.changed(remove(address("web", "10.1.0.7")));

    assertThat(zone.list()).containsExactly(address("web", "10.1.0.8"));
  }

  @Test
  void aliasThatChangesItsTarget_isReplacedInOneBatch() {
    TestZone zone = newZone();
    zone.ensure();
    Record before = record("alias", RecordType.RECORD_TYPE_CNAME, "one.example.com.", 60);
    Record after = record("alias", RecordType.RECORD_TYPE_CNAME, "two.example.com.", 60);
    zone.changed(add(before));

    zone.changed(remove(before), add(after));

    assertThat(zone.list()).containsExactly(after);
  }

  @Test
  void alias_takesThePlaceOfAnAddress_inOneBatch() {
    TestZone zone = newZone();
    zone.ensure();
    Record alias = record("web", RecordType.RECORD_TYPE_CNAME, "example.com.", 60);
    zone.changed(add(address("web", "10.1.0.7")));

    zone.changed(add(alias), remove(address("web", "10.1.0.7")));

    assertThat(zone.list()).containsExactly(alias);
  }

  @Test
  void batch_answersInOrder_andFailsItemByItem() {
    TestZone zone = newZone();
    zone.ensure();

    List<Failure> answers =
        zone.change(
            add(address("web", "10.1.0.7")),
            add(address("web", "10.1.0.777")),
            add(record("web", RecordType.RECORD_TYPE_SRV, "80 web", 60)),
            add(address("other", "10.1.0.8")));

    assertThat(answers)
        .extracting(Failure::getReason)
        .containsExactly(
            ErrorReason.ERROR_REASON_UNSPECIFIED,
            ErrorReason.ERROR_REASON_INVALID_SPEC,
            ErrorReason.ERROR_REASON_INVALID_SPEC,
            ErrorReason.ERROR_REASON_UNSPECIFIED);
    assertThat(answers.get(1).getMetadataMap()).containsEntry("value", "10.1.0.777");
    assertThat(zone.list())
        .containsExactlyInAnyOrder(address("web", "10.1.0.7"), address("other", "10.1.0.8"));
  }

  @Test
  void batchBeyondTheLimit_isRefusedAsAWhole() {
    int limit = Math.max(1, info().getLimits().getRecordBatchItems());
    TestZone zone = newZone();
    zone.ensure();

    assertThat(failure(() -> zone.change(additions(limit + 1))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(zone.list()).isEmpty();
    zone.changed(additions(limit));
    assertThat(zone.list()).hasSize(limit);
  }

  @Test
  void pages_showEachOnce_andNamesByTheirPrefix() {
    TestZone zone = newZone();
    zone.ensure();
    zone.changed(
        add(address("a.web", "10.1.0.1")),
        add(address("b.web", "10.1.0.2")),
        add(address("ba.web", "10.1.0.3")),
        add(address("c.web", "10.1.0.4")));

    assertThat(zone.list("", 3)).hasSize(4).doesNotHaveDuplicates();
    assertThat(zone.list("b", 1))
        .extracting(Record::getName)
        .containsExactlyInAnyOrder("b.web", "ba.web");
  }

  @Test
  void otherCluster_seesNothing_andRemovesNothing() {
    TestZone ours = newZone();
    ours.ensure();
    TestZone other = zone(ours.name());
    assertThat(other.ensure()).as("of the same zone").isNotBlank();
    ours.changed(add(address("web", "10.1.0.7")));

    assertThat(other.list()).isEmpty();
    other.changed(remove(address("web", "10.1.0.7")));
    assertThat(ours.list()).hasSize(1);

    assertThat(other.change(add(address("web", "10.1.0.7"))))
        .extracting(Failure::getReason)
        .containsExactly(ErrorReason.ERROR_REASON_FOREIGN);
    other.changed(add(address("web", "10.1.0.8")));
    assertThat(ours.list()).hasSize(1);
  }

  @Test
  void zoneThatIsNotThere_isNotFound() {
    TestZone zone = newZone();

    assertThat(failure(() -> zone.change(add(address("web", "10.1.0.7")))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    assertThat(failure(zone::list).reason()).isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
  }

  @Test
  void deletedZone_isGone_andDeletingAgainIsDone() {
    TestZone zone = newZone();
    zone.ensure();
    zone.changed(add(address("web", "10.1.0.7")));

    zone.delete();
    zone.delete();

    assertThat(failure(zone::list).reason()).isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    zone.ensure();
    assertThat(zone.list()).isEmpty();
  }

  @Test
  void zoneThatIsNoName_isInvalid_andSoIsACallWithoutACluster() {
    TestZone zone = newZone();

    assertThat(
            failure(
                    () ->
                        zone.calls()
                            .ensureDnsZone(
                                EnsureDnsZoneRequest.newBuilder()
                                    .setClusterId("kit")
                                    .setZone("not..a.name")
                                    .build()))
                .metadata())
        .containsEntry("field", "zone");
    assertThat(
            failure(
                    () ->
                        zone.calls()
                            .ensureDnsZone(
                                EnsureDnsZoneRequest.newBuilder().setZone(zone.name()).build()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
  }

  @Test
  void restart_losesNothing() throws Exception {
    TestZone zone = newZone();
    String id = zone.ensure();
    zone.changed(add(address("web", "10.1.0.7")), add(address("web", "10.1.0.8")));
    List<Record> before = zone.list();

    needs(adapter().restart(), "restart the adapter").restart();

    assertThat(zone.ensure()).isEqualTo(id);
    assertThat(zone.list()).isEqualTo(before);
  }

  private static RecordChange[] additions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> add(address("web", "10.1." + i / 250 + "." + (i % 250 + 1))))
        .toArray(RecordChange[]::new);
  }
}
