package io.viking.system.network;

import io.kubernetes.client.openapi.ApiException;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc.NetworkOperatorServiceBlockingStub;
import io.viking.adapter.sim.v1.ShowLoadBalancersRequest;
import io.viking.adapter.sim.v1.ShowRecordsRequest;
import io.viking.adapter.sim.v1.ShowZonesRequest;
import io.viking.adapter.sim.v1.ShownLoadBalancer;
import io.viking.adapter.sim.v1.ShownRecord;
import io.viking.system.Cluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/**
 * The simulated cloud's network as its clients meet it: sockets, names, and what the console shows.
 */
public final class CloudNetwork {
  public static final String ZONE = "cluster.local";

  private final Cluster cluster;

  public CloudNetwork(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Load balancers of the account that are this cluster's, or nobody's. */
  List<ShownLoadBalancer> balancers() throws IOException, ApiException {
    String own = cluster.clusterId();
    return asked(stub -> stub.showLoadBalancers(ShowLoadBalancersRequest.getDefaultInstance()))
        .getLoadBalancersList()
        .stream()
        .filter(one -> one.getClusterId().equals(own) || one.getClusterId().isEmpty())
        .toList();
  }

  /** The load balancer with that address, host name or id. */
  Optional<ShownLoadBalancer> balancer(String at) throws IOException, ApiException {
    return balancers().stream()
        .filter(
            one ->
                one.getLoadBalancer().getAddressesList().contains(at)
                    || one.getLoadBalancer().getHostname().equals(at)
                    || one.getLoadBalancer().getCloudId().equals(at))
        .findFirst();
  }

  /** Where this machine reaches a port of the load balancer with that address or host name. */
  InetSocketAddress socket(String at, int port) throws IOException, ApiException {
    return balancer(at).stream()
        .flatMap(one -> one.getSocketsList().stream())
        .filter(socket -> socket.getPort() == port && !socket.getAddress().isEmpty())
        .map(socket -> address(socket.getAddress()))
        .findFirst()
        .orElseThrow(() -> new IOException("nothing serves %s:%d".formatted(at, port)));
  }

  /** Data of the records of a name, sorted; none: the name has none. */
  public Set<String> resolve(String name, int type) throws IOException {
    InetSocketAddress server =
        address(
            asked(stub -> stub.showZones(ShowZonesRequest.getDefaultInstance())).getDnsAddress());
    var lookup = new Lookup(Name.fromString(name + "."), type);
    lookup.setResolver(new SimpleResolver(server));
    lookup.setCache(null);
    lookup.setSearchPath(List.of());
    Set<String> data = new TreeSet<>();
    Record[] answers = lookup.run();
    if (answers != null) {
      for (Record answer : answers) {
        data.add(answer.rdataToString());
      }
    }
    return data;
  }

  /** All records of the zone {@link #ZONE}. */
  public List<ShownRecord> records() throws IOException {
    return asked(
            stub ->
                stub.showRecords(
                    ShowRecordsRequest.newBuilder().setZone(ZONE).setPageSize(1000).build()))
        .getRecordsList();
  }

  private <T> T asked(Function<NetworkOperatorServiceBlockingStub, T> question) throws IOException {
    try (AdapterChannel channel = cluster.adapter()) {
      return question.apply(NetworkOperatorServiceGrpc.newBlockingStub(channel.channel()));
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
