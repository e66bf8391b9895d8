package io.viking.cli.server;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.adapter.sim.SimAdapter;
import io.viking.adapter.sim.SimOptions;
import io.viking.adapter.sim.core.SnapshotException;
import io.viking.cli.CommandFailure;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The simulated cloud, served in process for the loops and at an address of this machine for other
 * processes ({@code viking cloud}).
 */
final class Cloud implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 5;

  private final Closing closing;
  private final ManagedChannel channel;
  private final AdapterAddress outside;
  private final int zones;
  private final Instant since;

  private Cloud(
      Closing closing, ManagedChannel channel, AdapterAddress outside, int zones, Instant since) {
    this.closing = closing;
    this.channel = channel;
    this.outside = outside;
    this.zones = zones;
    this.since = since;
  }

  /**
   * Opens it where it was, or anew.
   *
   * @throws CommandFailure if the state cannot be read, or does not fit the profile
   */
  static Cloud start(ServerOptions options, MeterRegistry metrics, Instant now) {
    DataDirectory directory = options.directory();
    var closing = new Closing();
    try {
      SimAdapter sim =
          closing.add(
              "simulated cloud",
              SimAdapter.open(
                  SimOptions.of(
                      options.profile(), options.seed(), directory.simulatedCloud(), metrics)));
      var inside = new AdapterAddress.InProcess("viking-" + directory.path());
      AdapterServer.Builder builder =
          AdapterServer.builder(metrics).services(sim.services()).listen(inside);
      AdapterServer server =
          closing.add("adapter server", listenOutside(builder, directory).start());
      AdapterChannel channel = closing.add("adapter channel", AdapterChannel.open(inside));
      return new Cloud(
          closing,
          channel.channel(),
          server.addresses().getLast(),
          options.profile().zones().size(),
          now);
    } catch (SnapshotException e) {
      closing.close();
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      closing.close();
      throw new CommandFailure("the simulated cloud cannot be opened: " + e.getMessage() + ".", e);
    }
  }

  /** Unix sockets need Linux; elsewhere a port of the loopback interface takes their place. */
  private static AdapterServer.Builder listenOutside(
      AdapterServer.Builder builder, DataDirectory directory) {
    if (System.getProperty("os.name").equals("Linux")) {
      Path socket = directory.socket("adapter.sock");
      return builder.listen(new AdapterAddress.UnixSocket(socket));
    }
    return builder.listen(new AdapterAddress.Tcp("127.0.0.1", 0), new TransportSecurity.Insecure());
  }

  /** For stubs of the contract; closed with the cloud. */
  ManagedChannel channel() {
    return channel;
  }

  /** Where other processes find it. */
  AdapterAddress outside() {
    return outside;
  }

  /**
   * What the cloud says when it is asked now.
   *
   * @param state "ready" if it answers, else "failing"
   * @param instances of the cluster that live
   */
  record Glance(String state, String detail, long instances) {}

  /** Asks it; an empty cluster id asks for all clusters. */
  Glance glance(String clusterId) {
    try {
      GetAccountResponse account =
          CatalogServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .getAccount(GetAccountRequest.newBuilder().setClusterId(clusterId).build());
      return new Glance("ready", "at " + outside, account.getLiveInstances());
    } catch (StatusRuntimeException e) {
      return new Glance("failing", e.getStatus().toString(), 0);
    }
  }

  /** How many zones its profile has. */
  int zones() {
    return zones;
  }

  Instant since() {
    return since;
  }

  @Override
  public void close() {
    closing.close();
  }
}
