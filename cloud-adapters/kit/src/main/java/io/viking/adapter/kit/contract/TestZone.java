package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ApplyRecordsRequest;
import io.viking.cloud.v1.DeleteDnsZoneRequest;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.DnsServiceGrpc.DnsServiceBlockingStub;
import io.viking.cloud.v1.EnsureDnsZoneRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A zone as one cluster uses it. Takes what it made away at the end, and the zone if it can. */
final class TestZone implements AutoCloseable {
  private final AdapterUnderTest adapter;
  private final String cluster = UUID.randomUUID().toString();
  private final String name;

  TestZone(AdapterUnderTest adapter, String name) {
    this.adapter = adapter;
    this.name = name;
  }

  static String newName() {
    return "kit-" + UUID.randomUUID().toString().substring(0, 8) + ".test";
  }

  String name() {
    return name;
  }

  DnsServiceBlockingStub calls() {
    return DnsServiceGrpc.newBlockingStub(adapter.channel()).withDeadlineAfter(adapter.patience());
  }

  /** Its id. */
  String ensure() {
    return calls()
        .ensureDnsZone(
            EnsureDnsZoneRequest.newBuilder().setClusterId(cluster).setZone(name).build())
        .getCloudId();
  }

  static Record record(String name, RecordType type, String value, int ttl) {
    return Record.newBuilder().setName(name).setType(type).setValue(value).setTtl(ttl).build();
  }

  static Record address(String name, String value) {
    return record(name, RecordType.RECORD_TYPE_A, value, 60);
  }

  static RecordChange add(Record record) {
    return RecordChange.newBuilder().setRecord(record).build();
  }

  static RecordChange remove(Record record) {
    return RecordChange.newBuilder().setRecord(record).setRemove(true).build();
  }

  /** One call; what became of each change. */
  List<Failure> change(RecordChange... changes) {
    List<Failure> failures =
        calls()
            .applyRecords(
                ApplyRecordsRequest.newBuilder()
                    .setClusterId(cluster)
                    .setZone(name)
                    .addAllChanges(List.of(changes))
                    .build())
            .getFailuresList();
    assertThat(failures).as("an answer for each change").hasSize(changes.length);
    return failures;
  }

  /** Repeats the call until every change is done: the cloud may throttle. */
  void changed(RecordChange... changes) {
    await("records of %s".formatted(name))
        .atMost(adapter.patience())
        .untilAsserted(
            () ->
                assertThat(change(changes))
                    .allSatisfy(
                        failure ->
                            assertThat(failure.getReason())
                                .isEqualTo(ErrorReason.ERROR_REASON_UNSPECIFIED)));
  }

  List<Record> list() {
    return list("", 0);
  }

  /** Through all pages. */
  List<Record> list(String prefix, int pageSize) {
    List<Record> all = new ArrayList<>();
    String token = "";
    do {
      ListRecordsResponse page =
          calls()
              .listRecords(
                  ListRecordsRequest.newBuilder()
                      .setClusterId(cluster)
                      .setZone(name)
                      .setNamePrefix(prefix)
                      .setPageSize(pageSize)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getRecordsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  void delete() {
    var unused =
        calls()
            .deleteDnsZone(
                DeleteDnsZoneRequest.newBuilder().setClusterId(cluster).setZone(name).build());
  }

  @Override
  public void close() {
    try {
      for (Record record : list()) {
        changed(remove(record));
      }
      delete();
    } catch (StatusRuntimeException e) {
      // Never made, deleted by the test, or left because another cluster's records are in it.
      assertThat(CloudFailures.from(e).reason())
          .isIn(ErrorReason.ERROR_REASON_NOT_FOUND, ErrorReason.ERROR_REASON_FOREIGN);
    }
  }
}
