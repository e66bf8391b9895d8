package io.viking.controlplane.upstream;

import static io.viking.controlplane.pki.AuthorityName.CLUSTER;

import io.viking.controlplane.MetricsServer;
import io.viking.controlplane.Progress;
import io.viking.controlplane.ports.PortName;
import io.viking.controlplane.process.ProcessGroup;
import io.viking.controlplane.process.ProcessSpec;
import java.nio.file.Path;
import java.time.Duration;

/** metrics-server as one of a native control plane's processes. */
record NativeMetricsServer(Layout layout, BinarySource source, ProcessGroup group, String version)
    implements MetricsServer {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  @Override
  public String user() {
    return MetricsServerCommand.USER;
  }

  @Override
  public int port() {
    return layout.ports().port(PortName.METRICS_SERVER);
  }

  @Override
  public Path authority() {
    return layout.pki().authority(CLUSTER);
  }

  @Override
  public boolean isBuilt() {
    return source.isCached();
  }

  @Override
  public void start(Progress progress) throws InterruptedException {
    Binaries binaries = source.obtain(progress);
    HealthCheck health = group.add(new Credentials(layout).metricsServerHealth());
    group
        .launch(
            new ProcessSpec(
                Binaries.METRICS_SERVER,
                version,
                MetricsServerCommand.of(layout, binaries),
                layout.directory().log(Binaries.METRICS_SERVER),
                health,
                STOP_WITHIN))
        .awaitReady(PATIENCE);
  }
}
