package io.viking.adapter.sim;

import io.grpc.Channel;
import io.viking.adapter.kit.contract.AdapterUnderTest.NetworkByHand;
import io.viking.adapter.sim.v1.MakeLoadBalancerRequest;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc.NetworkOperatorServiceBlockingStub;
import io.viking.adapter.sim.v1.RemoveLoadBalancerRequest;
import io.viking.adapter.sim.v1.SetListenerRequest;
import io.viking.adapter.sim.v1.SetRecordRequest;
import io.viking.adapter.sim.v1.ShowLoadBalancersRequest;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Record;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The console of the simulated network, for tests. */
record Console(Supplier<Channel> channel) implements NetworkByHand {
  private NetworkOperatorServiceBlockingStub calls() {
    return NetworkOperatorServiceGrpc.newBlockingStub(channel.get());
  }

  @Override
  public String makeLoadBalancer(String name) {
    return calls()
        .makeLoadBalancer(
            MakeLoadBalancerRequest.newBuilder().setName(name).setLayer(Layer.LAYER_4).build())
        .getCloudId();
  }

  @Override
  public void addListener(String cloudId, int port) {
    var unused =
        calls()
            .setListener(
                SetListenerRequest.newBuilder()
                    .setCloudId(cloudId)
                    .setPort(port)
                    .setProtocol(Protocol.PROTOCOL_TCP)
                    .build());
  }

  @Override
  public Set<Integer> ports(String cloudId) {
    return calls()
        .showLoadBalancers(ShowLoadBalancersRequest.getDefaultInstance())
        .getLoadBalancersList()
        .stream()
        .map(shown -> shown.getLoadBalancer())
        .filter(shown -> shown.getCloudId().equals(cloudId))
        .flatMap(shown -> shown.getListenersList().stream())
        .map(Listener::getPort)
        .collect(Collectors.toSet());
  }

  @Override
  public void removeLoadBalancer(String cloudId) {
    var unused =
        calls()
            .removeLoadBalancer(RemoveLoadBalancerRequest.newBuilder().setCloudId(cloudId).build());
  }

  @Override
  public void addRecord(String zone, Record record) {
    var unused =
        calls().setRecord(SetRecordRequest.newBuilder().setZone(zone).setAfter(record).build());
  }

  @Override
  public void removeRecord(String zone, Record record) {
    var unused =
        calls().setRecord(SetRecordRequest.newBuilder().setZone(zone).setBefore(record).build());
  }
}
