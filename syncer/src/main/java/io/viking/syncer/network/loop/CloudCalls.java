package io.viking.syncer.network.loop;

import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.AbstractStub;
import io.viking.cloud.client.Pages;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ApplyRecordsRequest;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.DeleteLoadBalancerRequest;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.EnsureDnsZoneRequest;
import io.viking.cloud.v1.EnsureLoadBalancerRequest;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListLoadBalancersResponse;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.UpdateBackendsRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Calls of load balancers and DNS to the adapter, each with a deadline and counted. */
final class CloudCalls {
  private static final int PAGE = 100;

  private final LoadBalancerServiceGrpc.LoadBalancerServiceBlockingV2Stub balancers;
  private final DnsServiceGrpc.DnsServiceBlockingV2Stub dns;
  private final String clusterId;
  private final Duration deadline;
  private final CallMeters meters;

  CloudCalls(Channel channel, String clusterId, Duration deadline, CallMeters meters) {
    this.balancers = LoadBalancerServiceGrpc.newBlockingV2Stub(channel);
    this.dns = DnsServiceGrpc.newBlockingV2Stub(channel);
    this.clusterId = clusterId;
    this.deadline = deadline;
    this.meters = meters;
  }

  List<LoadBalancer> list() throws StatusException {
    var request = ListLoadBalancersRequest.newBuilder().setClusterId(clusterId).setPageSize(PAGE);
    return Pages.items(
        token ->
            meters.count(
                "list_load_balancers",
                request.setPageToken(token).build(),
                r -> timed(balancers).listLoadBalancers(r)),
        ListLoadBalancersResponse::getNextPageToken,
        ListLoadBalancersResponse::getLoadBalancersList);
  }

  LoadBalancer ensure(LoadBalancerSpec spec) throws StatusException {
    var request =
        EnsureLoadBalancerRequest.newBuilder().setClusterId(clusterId).setLoadBalancer(spec);
    return meters
        .count("ensure_load_balancer", request.build(), r -> timed(balancers).ensureLoadBalancer(r))
        .getLoadBalancer();
  }

  List<Optional<CloudFailure>> update(LoadBalancerRef ref, List<BackendChange> changes)
      throws StatusException {
    var request =
        UpdateBackendsRequest.newBuilder()
            .setClusterId(clusterId)
            .setRef(ref)
            .addAllChanges(changes);
    return failures(
        meters
            .count("update_backends", request.build(), r -> timed(balancers).updateBackends(r))
            .getFailuresList());
  }

  void delete(LoadBalancerRef ref) throws StatusException {
    var request = DeleteLoadBalancerRequest.newBuilder().setClusterId(clusterId).setRef(ref);
    meters.count(
        "delete_load_balancer", request.build(), r -> timed(balancers).deleteLoadBalancer(r));
  }

  void makeZone(String zone) throws StatusException {
    var request = EnsureDnsZoneRequest.newBuilder().setClusterId(clusterId).setZone(zone);
    meters.count("ensure_dns_zone", request.build(), r -> timed(dns).ensureDnsZone(r));
  }

  List<Record> records(String zone) throws StatusException {
    var request =
        ListRecordsRequest.newBuilder().setClusterId(clusterId).setZone(zone).setPageSize(PAGE);
    return Pages.items(
        token ->
            meters.count(
                "list_records",
                request.setPageToken(token).build(),
                r -> timed(dns).listRecords(r)),
        ListRecordsResponse::getNextPageToken,
        ListRecordsResponse::getRecordsList);
  }

  List<Optional<CloudFailure>> apply(String zone, List<RecordChange> changes)
      throws StatusException {
    var request =
        ApplyRecordsRequest.newBuilder()
            .setClusterId(clusterId)
            .setZone(zone)
            .addAllChanges(changes);
    return failures(
        meters
            .count("apply_records", request.build(), r -> timed(dns).applyRecords(r))
            .getFailuresList());
  }

  private static List<Optional<CloudFailure>> failures(List<Failure> failures) {
    return failures.stream().map(CloudFailures::ifFailed).toList();
  }

  private <S extends AbstractStub<S>> S timed(S stub) {
    return stub.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }
}
