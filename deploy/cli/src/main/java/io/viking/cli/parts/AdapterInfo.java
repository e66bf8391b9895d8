package io.viking.cli.parts;

import io.grpc.Channel;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What an adapter says of itself and its pool. */
public final class AdapterInfo {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private AdapterInfo() {}

  /**
   * Asks once.
   *
   * @throws io.grpc.StatusRuntimeException no answer within ten seconds
   */
  public static GetInfoResponse ask(Channel adapter) {
    return InfoServiceGrpc.newBlockingStub(adapter)
        .withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS)
        .getInfo(GetInfoRequest.getDefaultInstance());
  }
}
