package io.viking.cli.bench.endpoints;

import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.bench.endpoints.NetworkView;
import io.viking.bench.endpoints.ServiceKind;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the cloud adapter of a running cluster, over the contract, for one Service at a time. One
 * thread.
 */
final class CloudNetwork implements NetworkView {
  private static final String ZONE = "cluster.local";

  /** How long the cloud is left alone that does not say it. */
  private static final Duration UNSAID = Duration.ofSeconds(1);

  private final AdapterChannel channel;
  private final String clusterId;

  /** By {@link System#nanoTime()}: it was asked too often. */
  private long notBefore = System.nanoTime();

  /**
   * @param channel to be closed by the caller
   */
  CloudNetwork(AdapterChannel channel, String clusterId) {
    this.channel = channel;
    this.clusterId = clusterId;
  }

  @Override
  public Optional<Set<String>> addresses(
      ServiceKind kind, String namespace, String service, String uid) {
    if (System.nanoTime() - notBefore < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (kind) {
            case LOAD_BALANCER -> backends(uid);
            case HEADLESS -> records(service + "." + namespace + ".svc");
          });
    } catch (StatusRuntimeException e) {
      CloudFailure failure = CloudFailures.from(e);
      if (failure.reason() == ErrorReason.ERROR_REASON_THROTTLED) {
        notBefore = System.nanoTime() + failure.retryAfter().orElse(UNSAID).toNanos();
        return Optional.empty();
      }
      throw new IllegalStateException("the cloud does not answer: " + e.getMessage(), e);
    }
  }

  private Set<String> backends(String uid) {
    return LoadBalancerServiceGrpc.newBlockingStub(channel.channel())
        .listLoadBalancers(
            ListLoadBalancersRequest.newBuilder()
                .setClusterId(clusterId)
                .addRefs(LoadBalancerRef.newBuilder().setKey(uid))
                .build())
        .getLoadBalancersList()
        .stream()
        .flatMap(balancer -> balancer.getServerGroupsList().stream())
        .flatMap(group -> group.getBackendsList().stream())
        .filter(backend -> backend.getWeight() > 0)
        .map(Backend::getAddress)
        .collect(Collectors.toSet());
  }

  private Set<String> records(String name) {
    Set<String> addresses = new HashSet<>();
    String page = "";
    do {
      ListRecordsResponse answer =
          DnsServiceGrpc.newBlockingStub(channel.channel())
              .listRecords(
                  ListRecordsRequest.newBuilder()
                      .setClusterId(clusterId)
                      .setZone(ZONE)
                      .setNamePrefix(name)
                      .setPageToken(page)
                      .build());
      answer.getRecordsList().stream()
          .filter(one -> one.getType() == RecordType.RECORD_TYPE_A && one.getName().equals(name))
          .map(Record::getValue)
          .forEach(addresses::add);
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return addresses;
  }
}
