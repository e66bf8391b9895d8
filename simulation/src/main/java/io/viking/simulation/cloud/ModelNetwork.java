package io.viking.simulation.cloud;

import com.google.protobuf.Message;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.network.Network;
import io.viking.adapter.sim.network.check.LoadBalancerCheck;
import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ApplyRecordsRequest;
import io.viking.cloud.v1.ApplyRecordsResponse;
import io.viking.cloud.v1.DeleteLoadBalancerRequest;
import io.viking.cloud.v1.DeleteLoadBalancerResponse;
import io.viking.cloud.v1.EnsureDnsZoneRequest;
import io.viking.cloud.v1.EnsureDnsZoneResponse;
import io.viking.cloud.v1.EnsureLoadBalancerRequest;
import io.viking.cloud.v1.EnsureLoadBalancerResponse;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListLoadBalancersResponse;
import io.viking.cloud.v1.ListRecordsRequest;
import io.viking.cloud.v1.ListRecordsResponse;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.UpdateBackendsRequest;
import io.viking.cloud.v1.UpdateBackendsResponse;
import io.viking.simulation.Timeline;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Load balancers and private DNS of the simulated cloud's core; each list is one page. */
final class ModelNetwork {
  private final Timeline time;
  private final String cluster;
  private final Network network;
  private final LoadBalancerCheck check;

  ModelNetwork(Timeline time, String cluster, SimProfile profile, Network network) {
    this.time = time;
    this.cluster = cluster;
    this.network = network;
    this.check = new LoadBalancerCheck(profile);
  }

  Message call(String method, Message request) {
    return switch (request) {
      case EnsureLoadBalancerRequest ensure ->
          EnsureLoadBalancerResponse.newBuilder()
              .setLoadBalancer(ensure(ensure.getLoadBalancer()))
              .build();
      case UpdateBackendsRequest update ->
          UpdateBackendsResponse.newBuilder()
              .addAllFailures(
                  items(
                      network
                          .loadBalancers()
                          .change(
                              cluster, update.getRef(), update.getChangesList(), time.millis())))
              .build();
      case ListLoadBalancersRequest ignored ->
          ListLoadBalancersResponse.newBuilder().addAllLoadBalancers(balancers()).build();
      case DeleteLoadBalancerRequest delete -> {
        done(network.loadBalancers().delete(cluster, delete.getRef(), time.millis()));
        yield DeleteLoadBalancerResponse.getDefaultInstance();
      }
      case EnsureDnsZoneRequest ensure -> {
        String id =
            network
                .zones()
                .id(ensure.getZone())
                .orElseGet(
                    () -> done(network.zones().ensure(cluster, ensure.getZone(), time.millis())));
        yield EnsureDnsZoneResponse.newBuilder().setCloudId(id).build();
      }
      case ApplyRecordsRequest apply ->
          ApplyRecordsResponse.newBuilder()
              .addAllFailures(
                  items(
                      network
                          .zones()
                          .change(cluster, apply.getZone(), apply.getChangesList(), time.millis())))
              .build();
      case ListRecordsRequest list ->
          ListRecordsResponse.newBuilder()
              .addAllRecords(
                  records(list.getZone())
                      .orElseThrow(
                          () ->
                              Failures.exception(
                                  ErrorReason.ERROR_REASON_NOT_FOUND,
                                  "there is no zone " + list.getZone())))
              .build();
      default -> throw new IllegalArgumentException("no call of the model: " + method);
    };
  }

  Collection<LoadBalancer> balancers() {
    return network.loadBalancers().list(cluster, time.millis()).values();
  }

  Optional<Collection<Record>> records(String zone) {
    return network.zones().records(cluster, zone, "").map(found -> found.values());
  }

  private LoadBalancer ensure(LoadBalancerSpec spec) {
    check.check(spec);
    return network
        .loadBalancers()
        .settled(cluster, spec, time.millis())
        .orElseGet(() -> done(network.loadBalancers().ensure(cluster, spec, time.millis())));
  }

  private static List<Failure> items(Outcome<List<Optional<CloudFailure>>> outcome) {
    return done(outcome).stream()
        .map(one -> one.map(Failures::item).orElseGet(Failure::getDefaultInstance))
        .toList();
  }

  private static <T> T done(Outcome<T> outcome) {
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T> refused -> throw Failures.exception(refused.failure());
    };
  }
}
