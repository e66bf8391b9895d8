package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc;
import io.viking.adapter.sim.v1.ShowLoadBalancersRequest;
import io.viking.adapter.sim.v1.ShownLoadBalancer;
import io.viking.adapter.sim.v1.Socket;
import io.viking.adapter.sim.v1.StopLoadBalancerRequest;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteLoadBalancerRequest;
import io.viking.cloud.v1.EnsureLoadBalancerRequest;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.UpdateBackendsRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A simulated cloud with one load balancer, and its sockets. */
final class TestNetwork implements AutoCloseable {
  static final String CLUSTER = "cluster-a";

  private static final LoadBalancerRef REF = LoadBalancerRef.newBuilder().setKey("web").build();

  private final ServedSim sim;

  TestNetwork(Path state) throws IOException {
    sim =
        new ServedSim(
            Profiles.parse("test", "{base: instant, network: {sockets: {dnsPort: 0}}}"), state);
  }

  @Override
  public void close() throws IOException {
    sim.close();
  }

  Channel channel() {
    return sim.channel();
  }

  /** The same cloud, once more. */
  void restart() throws Exception {
    sim.restart().orElseThrow().restart();
  }

  void create(String uid) {
    var ignored =
        InstanceServiceGrpc.newBlockingStub(sim.channel())
            .createInstances(
                CreateInstancesRequest.newBuilder()
                    .setClusterId(CLUSTER)
                    .addInstances(
                        pod(uid)
                            .container(
                                "main",
                                """
                                {"ports": [
                                  {"containerPort": 8080},
                                  {"containerPort": 8080, "protocol": "UDP"}]}
                                """)
                            .spec())
                    .build());
  }

  /** At once, without a grace period. */
  void remove(String uid) {
    var ignored =
        InstanceServiceGrpc.newBlockingStub(sim.channel())
            .deleteInstances(
                DeleteInstancesRequest.newBuilder()
                    .setClusterId(CLUSTER)
                    .addInstances(DeleteInstance.newBuilder().setUid(uid).setAttempt(1))
                    .build());
  }

  private Instance instance(String uid) {
    return InstanceServiceGrpc.newBlockingStub(sim.channel())
        .listInstances(ListInstancesRequest.newBuilder().setClusterId(CLUSTER).addUids(uid).build())
        .getInstances(0);
  }

  LoadBalancer ensure(LoadBalancerSpec.Builder spec) {
    return LoadBalancerServiceGrpc.newBlockingStub(sim.channel())
        .ensureLoadBalancer(
            EnsureLoadBalancerRequest.newBuilder()
                .setClusterId(CLUSTER)
                .setLoadBalancer(spec.setRef(REF))
                .build())
        .getLoadBalancer();
  }

  void register(String group, String uid) {
    var failures =
        LoadBalancerServiceGrpc.newBlockingStub(sim.channel())
            .updateBackends(
                UpdateBackendsRequest.newBuilder()
                    .setClusterId(CLUSTER)
                    .setRef(REF)
                    .addChanges(
                        BackendChange.newBuilder()
                            .setServerGroup(group)
                            .setBackend(
                                Backend.newBuilder()
                                    .setAddress(instance(uid).getAddresses(0))
                                    .setPort(8080)
                                    .setWeight(100)
                                    .setUid(uid)))
                    .build());
    assertThat(failures.getFailures(0).getReasonValue()).isZero();
  }

  void delete() {
    var ignored =
        LoadBalancerServiceGrpc.newBlockingStub(sim.channel())
            .deleteLoadBalancer(
                DeleteLoadBalancerRequest.newBuilder().setClusterId(CLUSTER).setRef(REF).build());
  }

  /** Where a listener is, once it is open. */
  String socket(int port) {
    return await()
        .until(
            () ->
                shown().getSocketsList().stream()
                    .filter(socket -> socket.getPort() == port && !socket.getAddress().isEmpty())
                    .map(Socket::getAddress)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private ShownLoadBalancer shown() {
    return NetworkOperatorServiceGrpc.newBlockingStub(sim.channel())
        .showLoadBalancers(ShowLoadBalancersRequest.getDefaultInstance())
        .getLoadBalancers(0);
  }

  void stopLoadBalancer(boolean stopped) {
    var ignored =
        NetworkOperatorServiceGrpc.newBlockingStub(sim.channel())
            .stopLoadBalancer(
                StopLoadBalancerRequest.newBuilder()
                    .setCloudId(shown().getLoadBalancer().getCloudId())
                    .setStopped(stopped)
                    .build());
  }

  static LoadBalancerSpec.Builder layer4(Listener.Builder... listeners) {
    LoadBalancerSpec.Builder spec = LoadBalancerSpec.newBuilder().setLayer(Layer.LAYER_4);
    List.of(listeners).forEach(spec::addListeners);
    return spec;
  }

  static LoadBalancerSpec.Builder layer7(Listener.Builder listener) {
    return LoadBalancerSpec.newBuilder().setLayer(Layer.LAYER_7).addListeners(listener);
  }

  static Listener.Builder listener(int port, Protocol protocol) {
    return Listener.newBuilder().setPort(port).setProtocol(protocol).setDefaultServerGroup("web");
  }
}
