package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Page;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.network.dns.PrivateZones;
import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.ChangeRecords;
import io.viking.adapter.sim.state.NetworkCommand;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ApplyRecordsRequest;
import io.viking.cloud.v1.ApplyRecordsResponse;
import io.viking.cloud.v1.DeleteDnsZoneRequest;
import io.viking.cloud.v1.DeleteDnsZoneResponse;
import io.viking.cloud.v1.DnsServiceGrpc.DnsServiceImplBase;
import io.viking.cloud.v1.EnsureDnsZoneRequest;
import io.viking.cloud.v1.EnsureDnsZoneResponse;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import java.util.List;
import java.util.Optional;

/** Private zones over gRPC: checked outside the cloud's lock, then one command each. */
final class DnsEndpoint extends DnsServiceImplBase {
  private final Front front;
  private final NetworkProfile.Dns may;
  private final NetworkActs acts;

  DnsEndpoint(Front front, SimProfile profile, NetworkActs acts) {
    this.front = front;
    this.may = profile.network().dns();
    this.acts = acts;
  }

  @Override
  public void ensureDnsZone(
      EnsureDnsZoneRequest request, StreamObserver<EnsureDnsZoneResponse> caller) {
    front.unary(
        Operation.RECORDS,
        "EnsureDnsZone",
        caller,
        () -> {
          String cluster = Scope.require(request.getClusterId());
          String zone = requireName(request.getZone());
          Optional<String> there = acts.look((network, now) -> network.zones().id(zone));
          String id =
              there.orElseGet(
                  () ->
                      acts.run(
                          cluster,
                          NetworkCommand.newBuilder().setEnsureZone(zone),
                          (network, now) -> network.zones().ensure(cluster, zone, now)));
          return EnsureDnsZoneResponse.newBuilder().setCloudId(id).build();
        });
  }

  @Override
  public void applyRecords(
      ApplyRecordsRequest request, StreamObserver<ApplyRecordsResponse> caller) {
    front.unary(Operation.RECORDS, "ApplyRecords", caller, () -> apply(request));
  }

  private ApplyRecordsResponse apply(ApplyRecordsRequest request) {
    String cluster = Scope.require(request.getClusterId());
    String zone = requireName(request.getZone());
    InfoEndpoint.checkBatch("changes", request.getChangesCount(), may.callRecords());
    Batch<RecordChange> batch =
        Batch.of(request.getChangesList(), change -> PrivateZones.fault(change.getRecord(), zone));
    List<Optional<CloudFailure>> outcomes =
        acts.run(
            cluster,
            NetworkCommand.newBuilder()
                .setChangeRecords(
                    ChangeRecords.newBuilder().setZone(zone).addAllChanges(batch.sound())),
            (network, now) -> network.zones().change(cluster, zone, batch.sound(), now));
    return ApplyRecordsResponse.newBuilder()
        .addAllFailures(batch.failures(outcomes, front, "ApplyRecords"))
        .build();
  }

  @Override
  public void listRecords(ListRecordsRequest request, StreamObserver<ListRecordsResponse> caller) {
    front.unary(Operation.LIST_RECORDS, "ListRecords", caller, () -> list(request));
  }

  private ListRecordsResponse list(ListRecordsRequest request) {
    String cluster = Scope.require(request.getClusterId());
    String zone = requireName(request.getZone());
    return acts.look(
        (network, now) -> {
          Page<Record> page =
              Page.of(
                  network
                      .zones()
                      .records(cluster, zone, request.getNamePrefix())
                      .orElseThrow(() -> missing(zone)),
                  0,
                  LoadBalancerEndpoint.size(request.getPageSize(), may.page()),
                  request.getPageToken());
          return ListRecordsResponse.newBuilder()
              .addAllRecords(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void deleteDnsZone(
      DeleteDnsZoneRequest request, StreamObserver<DeleteDnsZoneResponse> caller) {
    front.unary(
        Operation.RECORDS,
        "DeleteDnsZone",
        caller,
        () -> {
          String cluster = Scope.require(request.getClusterId());
          String zone = requireName(request.getZone());
          acts.run(
              cluster,
              NetworkCommand.newBuilder().setDeleteZone(zone),
              (network, now) -> network.zones().delete(cluster, zone, now));
          return DeleteDnsZoneResponse.getDefaultInstance();
        });
  }

  private static RuntimeException missing(String zone) {
    return Failures.exception(
        ErrorReason.ERROR_REASON_NOT_FOUND, "there is no zone " + zone + ": ensure it first");
  }

  private static String requireName(String zone) {
    if (!PrivateZones.isName(zone)) {
      throw Failures.exception(
          Failures.invalid("zone", zone, "give a domain name without a trailing dot"));
    }
    return zone;
  }
}
