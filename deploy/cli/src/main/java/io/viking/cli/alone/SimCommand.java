package io.viking.cli.alone;

import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.sim.SimOptions;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.cli.SimulatedCloudOptions;
import io.viking.cli.parts.SimCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sim",
    header = "Serve a simulated cloud.",
    description = {
      "Instances live here and are billed here, for any number of clusters, whatever becomes of their"
          + " schedulers and syncers. With --state-dir they also outlive this process.",
      "\"viking up\" runs one already: in its own process, or with --apart as this one."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  viking adapter sim --listen unix:/run/viking/cloud.sock --state-dir /var/lib/viking/sim",
      "  viking adapter sim --listen tcp:127.0.0.1:7443 --profile eci --seed 7",
      "  viking adapter sim --listen tcp:0.0.0.0:7443 \\",
      "    --tls-cert cloud.crt --tls-key cloud.key --tls-ca ca.crt"
    })
final class SimCommand implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      required = true,
      description =
          "unix:/path (its directory must be yours alone) or tcp:host:port, which needs the TLS"
              + " files unless the host is of this machine alone; port 0: any free one.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String listen;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private TlsFlags tls;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SimulatedCloudOptions cloud;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Where it remembers; one cloud each. Without it all ends with the process.")
  private @Nullable Path stateDirectory;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ProcessFlags process;

  @Override
  public Integer call() throws IOException {
    AdapterAddress address = TlsFlags.address("--listen", listen);
    var place = new SimCloud.Listen(address, tls.security(address));
    SimProfile profile = cloud.profile();
    return PartProcess.run(
        "simulated cloud",
        new SimPart(
            place,
            metrics ->
                stateDirectory == null
                    ? SimOptions.inMemory(profile, cloud.seed(), metrics)
                    : SimOptions.of(profile, cloud.seed(), stateDirectory, metrics)),
        process);
  }
}
