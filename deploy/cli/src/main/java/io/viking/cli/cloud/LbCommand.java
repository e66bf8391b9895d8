package io.viking.cli.cloud;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.sim.v1.ShowLoadBalancersRequest;
import io.viking.adapter.sim.v1.ShowLoadBalancersResponse;
import io.viking.adapter.sim.v1.ShownLoadBalancer;
import io.viking.adapter.sim.v1.Socket;
import io.viking.cli.output.Table;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.ListLoadBalancersResponse;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.ServerGroup;
import io.viking.cloud.v1.WeightedServerGroup;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lb",
    header = "List the load balancers of this cluster as the cloud sees them.",
    description =
        "A line for each listener: how many backends it has (and how many of them drain), and with the"
            + " simulated cloud where on this machine it can be reached. The commands below act in the"
            + " simulated cloud's console.",
    synopsisSubcommandLabel = "[COMMAND]",
    subcommands = {
      LbActs.Create.class,
      LbActs.Listen.class,
      LbActs.Unlisten.class,
      LbActs.Stop.class,
      LbActs.Start.class,
      LbActs.Delete.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking cloud lb",
      "  viking cloud lb --all",
      "  viking cloud lb -o json | jq -r '.loadBalancers[].sockets[].address'"
    })
final class LbCommand implements Callable<Integer> {
  /** The tag by which the syncer says what a load balancer is for. */
  private static final String OWNER_TAG = "viking.io/owner";

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudView cloud;

  @Option(
      names = "--all",
      description = "All of the account with all that is on them (simulated cloud only).")
  private boolean all;

  @Override
  public Integer call() throws IOException {
    return cloud.show((channel, clusterId) -> list(channel, clusterId, all), LbCommand::table);
  }

  private static ShowLoadBalancersResponse list(
      ManagedChannel channel, String clusterId, boolean all) {
    ShowLoadBalancersResponse whole;
    try {
      whole =
          NetworkConsole.calls(channel)
              .showLoadBalancers(ShowLoadBalancersRequest.getDefaultInstance());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED && !all) {
        return withoutSockets(contract(channel, clusterId), clusterId);
      }
      throw e;
    }
    return all ? whole : ours(whole, contract(channel, clusterId));
  }

  /** All pages as the contract gives them. */
  private static List<LoadBalancer> contract(ManagedChannel channel, String clusterId) {
    var stub =
        LoadBalancerServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(NetworkConsole.DEADLINE_SECONDS, TimeUnit.SECONDS);
    var found = ListLoadBalancersResponse.newBuilder();
    String page = "";
    do {
      ListLoadBalancersResponse answer =
          stub.listLoadBalancers(
              ListLoadBalancersRequest.newBuilder()
                  .setClusterId(clusterId)
                  .setPageToken(page)
                  .build());
      found.addAllLoadBalancers(answer.getLoadBalancersList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty());
    return found.getLoadBalancersList();
  }

  private static ShowLoadBalancersResponse withoutSockets(
      List<LoadBalancer> loadBalancers, String clusterId) {
    var response = ShowLoadBalancersResponse.newBuilder();
    loadBalancers.forEach(
        one ->
            response.addLoadBalancers(
                ShownLoadBalancer.newBuilder().setClusterId(clusterId).setLoadBalancer(one)));
    return response.build();
  }

  /** What the cluster sees of its own, with the sockets of these listeners. */
  static ShowLoadBalancersResponse ours(
      ShowLoadBalancersResponse whole, List<LoadBalancer> contract) {
    var response = ShowLoadBalancersResponse.newBuilder();
    for (LoadBalancer one : contract) {
      whole.getLoadBalancersList().stream()
          .filter(shown -> shown.getLoadBalancer().getCloudId().equals(one.getCloudId()))
          .forEach(
              shown -> {
                var own = shown.toBuilder().setLoadBalancer(one).clearSockets();
                shown.getSocketsList().stream()
                    .filter(socket -> has(one, socket))
                    .forEach(own::addSockets);
                response.addLoadBalancers(own);
              });
    }
    return response.build();
  }

  private static boolean has(LoadBalancer loadBalancer, Socket socket) {
    return loadBalancer.getListenersList().stream()
        .anyMatch(
            listener ->
                listener.getPort() == socket.getPort()
                    && listener.getProtocol() == socket.getProtocol());
  }

  static String table(ShowLoadBalancersResponse answer) {
    if (answer.getLoadBalancersCount() == 0) {
      return "The cloud has no load balancers of this cluster.\n";
    }
    var table =
        new Table("LOAD BALANCER", "FOR", "STATE", "ADDRESS", "LISTENER", "BACKENDS", "REACHED AT");
    for (ShownLoadBalancer shown : answer.getLoadBalancersList()) {
      LoadBalancer one = shown.getLoadBalancer();
      if (one.getListenersCount() == 0) {
        row(table, shown, "", "", "");
      }
      for (Listener listener : one.getListenersList()) {
        row(
            table,
            shown,
            listener.getPort() + "/" + word(listener.getProtocol().name(), "PROTOCOL_"),
            backends(one, listener),
            reached(shown, listener));
      }
    }
    return table.toString();
  }

  private static void row(
      Table table, ShownLoadBalancer shown, String listener, String backends, String reached) {
    LoadBalancer one = shown.getLoadBalancer();
    String state = word(one.getState().name(), "LOAD_BALANCER_STATE_").toLowerCase(Locale.ROOT);
    table.row(
        one.getCloudId(),
        purpose(shown),
        state,
        one.getAddressesCount() > 0 ? one.getAddresses(0) : one.getHostname(),
        listener,
        backends,
        reached);
  }

  private static String purpose(ShownLoadBalancer shown) {
    LoadBalancer one = shown.getLoadBalancer();
    if (shown.getClusterId().isEmpty()) {
      return "by hand: " + one.getName();
    }
    String owner = one.getTagsOrDefault(OWNER_TAG, "");
    // That of an object names it; Ingresses share one.
    return owner.contains("/") ? owner : (owner + " " + one.getRef().getKey()).strip();
  }

  private static String backends(LoadBalancer loadBalancer, Listener listener) {
    Set<String> groups = new TreeSet<>();
    groups.add(listener.getDefaultServerGroup());
    for (Rule rule : listener.getRulesList()) {
      rule.getForwardList().stream().map(WeightedServerGroup::getServerGroup).forEach(groups::add);
    }
    List<Backend> backends =
        loadBalancer.getServerGroupsList().stream()
            .filter(group -> groups.contains(group.getName()))
            .map(ServerGroup::getBackendsList)
            .flatMap(List::stream)
            .toList();
    long draining = backends.stream().filter(backend -> backend.getWeight() == 0).count();
    return backends.size() + (draining == 0 ? "" : " (" + draining + " draining)");
  }

  private static String reached(ShownLoadBalancer shown, Listener listener) {
    return shown.getSocketsList().stream()
        .filter(
            socket ->
                socket.getPort() == listener.getPort()
                    && socket.getProtocol() == listener.getProtocol())
        .map(socket -> socket.getAddress().isEmpty() ? socket.getTrouble() : socket.getAddress())
        .findFirst()
        .orElse("");
  }

  private static String word(String name, String prefix) {
    return name.replace(prefix, "");
  }
}
