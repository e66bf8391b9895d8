package io.viking.cli.parts;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.adapter.kit.transport.TransportSecurity;
import io.viking.adapter.sim.SimAdapter;
import io.viking.adapter.sim.SimOptions;
import io.viking.adapter.sim.core.SnapshotException;
import io.viking.cli.CommandFailure;
import java.io.IOException;
import java.util.List;

/** The simulated cloud, served. */
public final class SimCloud implements AutoCloseable {
  private final Closing closing;
  private final AdapterServer server;

  private SimCloud(Closing closing, AdapterServer server) {
    this.closing = closing;
    this.server = server;
  }

  /** One place to serve it at; only TCP uses the security. */
  public record Listen(AdapterAddress address, TransportSecurity security) {}

  /**
   * Opens it where it was, or anew.
   *
   * @throws CommandFailure if the state cannot be read or does not fit the profile, or if it cannot
   *     be served there
   */
  public static SimCloud start(SimOptions options, List<Listen> places) {
    var closing = new Closing();
    try {
      SimAdapter sim = closing.add("simulated cloud", SimAdapter.open(options));
      return new SimCloud(
          closing, closing.add("adapter server", server(sim, options.meters(), places).start()));
    } catch (SnapshotException | IllegalArgumentException e) {
      closing.close();
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      closing.close();
      throw new CommandFailure("the simulated cloud cannot be opened: " + e.getMessage() + ".", e);
    }
  }

  private static AdapterServer.Builder server(
      SimAdapter sim, MeterRegistry metrics, List<Listen> places) {
    AdapterServer.Builder builder = AdapterServer.builder(metrics).services(sim.services());
    places.forEach(place -> builder.listen(place.address(), place.security()));
    return builder;
  }

  /** In the order of the places, with the ports that were found free. */
  public List<AdapterAddress> addresses() {
    return server.addresses();
  }

  @Override
  public void close() {
    closing.close();
  }
}
