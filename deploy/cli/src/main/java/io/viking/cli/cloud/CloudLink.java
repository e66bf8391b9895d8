package io.viking.cli.cloud;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cli.ClusterOption;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cli.server.AdapterAccess;
import io.viking.cli.server.StatusClient;
import io.viking.cli.server.StatusReport;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;

/** The cloud of the cluster that a command is about. */
public final class CloudLink {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ClusterOption cluster;

  /** One or more calls. */
  interface Question<T> {
    T ask(ManagedChannel channel, String clusterId);
  }

  /** What the cloud has and sells, as it is now. */
  static GetCatalogResponse catalog(ManagedChannel channel) {
    return CatalogServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .getCatalog(GetCatalogRequest.getDefaultInstance());
  }

  /**
   * Asks the cloud.
   *
   * @throws CommandFailure if nothing runs, or the cloud does not answer
   */
  <T> T ask(Question<T> question) throws IOException {
    StatusReport report =
        StatusClient.ask(cluster.directory())
            .filter(status -> !status.adapter().isEmpty() && !status.clusterId().isEmpty())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.NOT_RUNNING,
                        "no cloud is served on %s: start it with \"viking up%s\"."
                            .formatted(cluster.directory().path(), cluster.flag())));
    try (AdapterChannel channel =
        new AdapterAccess(cluster.directory(), Clock.systemUTC()).open(report.adapter())) {
      return question.ask(channel.channel(), report.clusterId());
    } catch (StatusRuntimeException e) {
      throw new CommandFailure(
          "the cloud at %s answered %s.".formatted(report.adapter(), e.getStatus()), e);
    }
  }
}
