package io.viking.cli.server;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.GetAccountRequest;
import io.viking.cloud.v1.GetAccountResponse;
import java.util.concurrent.TimeUnit;

/** Asks a cloud how it is. */
final class CloudProbe {
  /** Whoever asks us for the status waits for five seconds. */
  private static final long DEADLINE_SECONDS = 2;

  private CloudProbe() {}

  /**
   * What the cloud says when it is asked now.
   *
   * @param detail why it does not answer; else empty
   * @param instances of the cluster that live
   */
  record Glance(boolean answers, String detail, long instances) {}

  /** Asks it; an empty cluster id asks for all clusters. */
  static Glance glance(Channel cloud, String clusterId) {
    try {
      GetAccountResponse account =
          CatalogServiceGrpc.newBlockingStub(cloud)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .getAccount(GetAccountRequest.newBuilder().setClusterId(clusterId).build());
      return new Glance(true, "", account.getLiveInstances());
    } catch (StatusRuntimeException e) {
      return new Glance(false, e.getStatus().toString(), 0);
    }
  }
}
