package io.viking.cli.cloud;

import io.grpc.Channel;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc;
import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc.NetworkOperatorServiceBlockingStub;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;

/**
 * What the commands share that act in the network's console, which only the simulated cloud has.
 */
public final class NetworkConsole {
  static final int DEADLINE_SECONDS = 30;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SimulatedCloud cloud;

  /** Calls, and a sentence about what they did. */
  interface Act {
    String run(NetworkOperatorServiceBlockingStub console);
  }

  /**
   * Does it and prints the sentence.
   *
   * @throws io.viking.cli.CommandFailure if nothing runs, the cloud is not the simulated one, or it
   *     refuses
   */
  int operate(Act act) throws IOException {
    return cloud.operate((operator, channel, clusterId) -> act.run(calls(channel)));
  }

  static NetworkOperatorServiceBlockingStub calls(Channel channel) {
    return NetworkOperatorServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
