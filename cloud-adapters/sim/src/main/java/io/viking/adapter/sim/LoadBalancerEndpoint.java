package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.stream.Page;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.network.check.BackendCheck;
import io.viking.adapter.sim.network.check.LoadBalancerCheck;
import io.viking.adapter.sim.network.lb.LoadBalancers;
import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.ChangeBackends;
import io.viking.adapter.sim.state.NetworkCommand;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.DeleteLoadBalancerRequest;
import io.viking.cloud.v1.DeleteLoadBalancerResponse;
import io.viking.cloud.v1.EnsureLoadBalancerRequest;
import io.viking.cloud.v1.EnsureLoadBalancerResponse;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListLoadBalancersResponse;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerServiceGrpc.LoadBalancerServiceImplBase;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.UpdateBackendsRequest;
import io.viking.cloud.v1.UpdateBackendsResponse;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Load balancers over gRPC: checked outside the cloud's lock, then one command each. */
final class LoadBalancerEndpoint extends LoadBalancerServiceImplBase {
  private final Front front;
  private final NetworkProfile.LoadBalancers may;
  private final LoadBalancerCheck check;
  private final NetworkActs acts;

  LoadBalancerEndpoint(Front front, SimProfile profile, NetworkActs acts) {
    this.front = front;
    this.may = profile.network().loadBalancers();
    this.check = new LoadBalancerCheck(profile);
    this.acts = acts;
  }

  @Override
  public void ensureLoadBalancer(
      EnsureLoadBalancerRequest request, StreamObserver<EnsureLoadBalancerResponse> caller) {
    front.unary(
        Operation.LOAD_BALANCERS,
        "EnsureLoadBalancer",
        caller,
        () ->
            EnsureLoadBalancerResponse.newBuilder()
                .setLoadBalancer(
                    ensure(Scope.require(request.getClusterId()), request.getLoadBalancer()))
                .build());
  }

  /** Declaring the same again is how one waits, so that is not written down. */
  private LoadBalancer ensure(String cluster, LoadBalancerSpec spec) {
    check.check(spec);
    Optional<LoadBalancer> settled =
        acts.look((network, now) -> network.loadBalancers().settled(cluster, spec, now));
    return settled.orElseGet(
        () ->
            acts.run(
                cluster,
                NetworkCommand.newBuilder().setEnsureLoadBalancer(spec),
                (network, now) -> network.loadBalancers().ensure(cluster, spec, now)));
  }

  @Override
  public void updateBackends(
      UpdateBackendsRequest request, StreamObserver<UpdateBackendsResponse> caller) {
    front.unary(Operation.BACKENDS, "UpdateBackends", caller, () -> update(request));
  }

  private UpdateBackendsResponse update(UpdateBackendsRequest request) {
    String cluster = Scope.require(request.getClusterId());
    LoadBalancerRef ref = LoadBalancerCheck.require(request.getRef());
    InfoEndpoint.checkBatch("changes", request.getChangesCount(), may.callBackends());
    Batch<BackendChange> batch = Batch.of(request.getChangesList(), BackendCheck::fault);
    List<Optional<CloudFailure>> outcomes =
        acts.run(
            cluster,
            NetworkCommand.newBuilder()
                .setChangeBackends(
                    ChangeBackends.newBuilder().setRef(ref).addAllChanges(batch.sound())),
            (network, now) -> network.loadBalancers().change(cluster, ref, batch.sound(), now));
    return UpdateBackendsResponse.newBuilder()
        .addAllFailures(batch.failures(outcomes, front, "UpdateBackends"))
        .build();
  }

  @Override
  public void listLoadBalancers(
      ListLoadBalancersRequest request, StreamObserver<ListLoadBalancersResponse> caller) {
    front.unary(Operation.LIST_LOAD_BALANCERS, "ListLoadBalancers", caller, () -> list(request));
  }

  private ListLoadBalancersResponse list(ListLoadBalancersRequest request) {
    String cluster = Scope.require(request.getClusterId());
    return acts.look(
        (network, now) -> {
          NavigableMap<String, LoadBalancer> all =
              request.getRefsCount() == 0
                  ? network.loadBalancers().list(cluster, now)
                  : named(network.loadBalancers(), cluster, request.getRefsList(), now);
          Page<LoadBalancer> page =
              Page.of(all, 0, size(request.getPageSize(), may.page()), request.getPageToken());
          return ListLoadBalancersResponse.newBuilder()
              .addAllLoadBalancers(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  private static NavigableMap<String, LoadBalancer> named(
      LoadBalancers loadBalancers, String cluster, List<LoadBalancerRef> refs, long now) {
    NavigableMap<String, LoadBalancer> found = new TreeMap<>();
    for (LoadBalancerRef ref : refs) {
      loadBalancers
          .get(cluster, LoadBalancerCheck.require(ref), now)
          .ifPresent(one -> found.put(one.getCloudId(), one));
    }
    return found;
  }

  /** The cloud's pages have a size of their own, which is also what is given for 0. */
  static int size(int asked, int most) {
    return asked == 0 ? most : Math.min(asked, most);
  }

  @Override
  public void deleteLoadBalancer(
      DeleteLoadBalancerRequest request, StreamObserver<DeleteLoadBalancerResponse> caller) {
    front.unary(
        Operation.LOAD_BALANCERS,
        "DeleteLoadBalancer",
        caller,
        () -> {
          String cluster = Scope.require(request.getClusterId());
          LoadBalancerRef ref = LoadBalancerCheck.require(request.getRef());
          acts.run(
              cluster,
              NetworkCommand.newBuilder().setDeleteLoadBalancer(ref),
              (network, now) -> network.loadBalancers().delete(cluster, ref, now));
          return DeleteLoadBalancerResponse.getDefaultInstance();
        });
  }
}
