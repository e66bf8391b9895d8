package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.DeleteLoadBalancerRequest;
import io.viking.cloud.v1.EnsureLoadBalancerRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListLoadBalancersResponse;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.LoadBalancerServiceGrpc.LoadBalancerServiceBlockingStub;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.LoadBalancerState;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.ServerGroup;
import io.viking.cloud.v1.UpdateBackendsRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The load balancers of one cluster, in the form in which tests ask for them. Waits while the cloud
 * is busy, as an orchestration does; deletes all it made at the end.
 */
final class TestLoadBalancers implements AutoCloseable {
  static final String GROUP = "web";

  private final AdapterUnderTest adapter;
  private final String cluster = UUID.randomUUID().toString();
  private final Set<LoadBalancerRef> asked = new LinkedHashSet<>();

  TestLoadBalancers(AdapterUnderTest adapter) {
    this.adapter = adapter;
  }

  LoadBalancerServiceBlockingStub calls() {
    return LoadBalancerServiceGrpc.newBlockingStub(adapter.channel())
        .withDeadlineAfter(adapter.patience());
  }

  String cluster() {
    return cluster;
  }

  static LoadBalancerRef newRef() {
    return LoadBalancerRef.newBuilder().setKey(UUID.randomUUID().toString()).build();
  }

  static LoadBalancerRef brought(String cloudId) {
    return LoadBalancerRef.newBuilder().setBroughtId(cloudId).build();
  }

  /** Layer 4, with a TCP listener for each port, all before one group. */
  static LoadBalancerSpec spec(LoadBalancerRef ref, int... ports) {
    LoadBalancerSpec.Builder spec =
        LoadBalancerSpec.newBuilder().setRef(ref).setName("kit").setLayer(Layer.LAYER_4);
    for (int port : ports) {
      spec.addListeners(
          Listener.newBuilder()
              .setPort(port)
              .setProtocol(Protocol.PROTOCOL_TCP)
              .setDefaultServerGroup(GROUP));
    }
    return spec.build();
  }

  static LoadBalancerSpec layer7(LoadBalancerRef ref, Listener.Builder listener) {
    return LoadBalancerSpec.newBuilder()
        .setRef(ref)
        .setName("kit")
        .setLayer(Layer.LAYER_7)
        .addListeners(listener)
        .build();
  }

  /** One declaration, whatever comes of it. */
  LoadBalancer declare(LoadBalancerSpec spec) {
    asked.add(spec.getRef());
    return calls()
        .ensureLoadBalancer(
            EnsureLoadBalancerRequest.newBuilder()
                .setClusterId(cluster)
                .setLoadBalancer(spec)
                .build())
        .getLoadBalancer();
  }

  /** Declares until it is accepted and in force. */
  LoadBalancer active(LoadBalancerSpec spec) {
    return await("%s is active".formatted(spec.getRef()))
        .atMost(adapter.patience())
        .until(
            () -> unlessBusy(() -> declare(spec)),
            answer ->
                answer
                    .map(LoadBalancer::getState)
                    .equals(Optional.of(LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE)))
        .orElseThrow();
  }

  static Backend backend(String address, int weight) {
    return Backend.newBuilder().setAddress(address).setPort(8080).setWeight(weight).build();
  }

  static BackendChange add(String group, Backend backend) {
    return BackendChange.newBuilder().setServerGroup(group).setBackend(backend).build();
  }

  static BackendChange remove(String group, Backend backend) {
    return add(group, backend).toBuilder().setRemove(true).build();
  }

  /** One call; what became of each change. */
  List<Failure> change(LoadBalancerRef ref, BackendChange... changes) {
    List<Failure> failures =
        calls()
            .updateBackends(
                UpdateBackendsRequest.newBuilder()
                    .setClusterId(cluster)
                    .setRef(ref)
                    .addAllChanges(List.of(changes))
                    .build())
            .getFailuresList();
    assertThat(failures).as("an answer for each change").hasSize(changes.length);
    return failures;
  }

  /** Repeats the call until every change is done. */
  void changed(LoadBalancerRef ref, BackendChange... changes) {
    await("backends of %s".formatted(ref))
        .atMost(adapter.patience())
        .untilAsserted(
            () ->
                assertThat(change(ref, changes))
                    .allSatisfy(
                        failure ->
                            assertThat(failure.getReason())
                                .isEqualTo(ErrorReason.ERROR_REASON_UNSPECIFIED)));
  }

  ListLoadBalancersResponse page(ListLoadBalancersRequest.Builder request) {
    return calls().listLoadBalancers(request.setClusterId(cluster).build());
  }

  /** All, through all pages. */
  List<LoadBalancer> list(int pageSize) {
    List<LoadBalancer> all = new ArrayList<>();
    String token = "";
    do {
      ListLoadBalancersResponse page =
          page(ListLoadBalancersRequest.newBuilder().setPageSize(pageSize).setPageToken(token));
      all.addAll(page.getLoadBalancersList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  Optional<LoadBalancer> find(LoadBalancerRef ref) {
    List<LoadBalancer> found =
        page(ListLoadBalancersRequest.newBuilder().addRefs(ref)).getLoadBalancersList();
    assertThat(found).as("load balancers of %s", ref).hasSizeLessThanOrEqualTo(1);
    return found.stream().findFirst();
  }

  List<Backend> backends(LoadBalancerRef ref, String group) {
    return find(ref).orElseThrow().getServerGroupsList().stream()
        .filter(one -> one.getName().equals(group))
        .findFirst()
        .map(ServerGroup::getBackendsList)
        .orElse(List.of());
  }

  /** Deletes until the cloud takes it. */
  void delete(LoadBalancerRef ref) {
    DeleteLoadBalancerRequest request =
        DeleteLoadBalancerRequest.newBuilder().setClusterId(cluster).setRef(ref).build();
    await("delete of %s".formatted(ref))
        .atMost(adapter.patience())
        .until(() -> unlessBusy(() -> calls().deleteLoadBalancer(request)).isPresent());
  }

  private static <T> Optional<T> unlessBusy(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (StatusRuntimeException e) {
      ErrorReason reason = CloudFailures.from(e).reason();
      if (reason == ErrorReason.ERROR_REASON_BUSY || reason == ErrorReason.ERROR_REASON_THROTTLED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    asked.stream()
        .filter(ref -> !ref.getReferenceCase().name().endsWith("NOT_SET"))
        .forEach(this::delete);
  }
}
