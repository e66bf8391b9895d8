package io.viking.cli.bench;

import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.bench.session.BenchTarget;
import io.viking.cli.server.AdapterAccess;
import io.viking.cli.server.StatusReport;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cloud adapter of a running cluster, over the contract, what is left. */
final class CloudInstances implements BenchTarget.CloudGlance {
  private static final Logger log = LoggerFactory.getLogger(CloudInstances.class);

  private final AdapterAccess adapter;
  private final StatusReport status;

  CloudInstances(AdapterAccess adapter, StatusReport status) {
    this.adapter = adapter;
    this.status = status;
  }

  @Override
  public OptionalLong instances(String namespace) {
    if (status.adapter().isEmpty()) {
      return OptionalLong.empty();
    }
    try (AdapterChannel channel = adapter.open(status.adapter())) {
      var stub = InstanceServiceGrpc.newBlockingStub(channel.channel());
      long count = 0;
      String page = "";
      do {
        ListInstancesResponse answer =
            stub.listInstances(
                ListInstancesRequest.newBuilder()
                    .setClusterId(status.clusterId())
                    .setPageToken(page)
                    .build());
        count +=
            answer.getInstancesList().stream()
                .filter(instance -> instance.getNamespace().equals(namespace))
                .count();
        page = answer.getNextPageToken();
      } while (!page.isEmpty());
      return OptionalLong.of(count);
    } catch (StatusRuntimeException | IOException unreachable) {
      log.warn("the cloud at {} does not answer: {}", status.adapter(), unreachable.getMessage());
      return OptionalLong.empty();
    }
  }
}
