package io.viking.cli.cloud;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.sim.v1.OperatorServiceGrpc;
import io.viking.adapter.sim.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.viking.cli.CommandFailure;
import io.viking.cli.ExitCode;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What the commands share that act as an operator of the cloud, which only the simulated one lets.
 */
public final class SimulatedCloud {
  private static final int DEADLINE_SECONDS = 30;

  /** How all types of a zone are named on a command line. */
  static final String ALL = "all";

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CloudLink link;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** Calls, and a sentence about what they did. */
  interface Act {
    String run(OperatorServiceBlockingStub operator, ManagedChannel channel, String clusterId);
  }

  /**
   * Does it and prints the sentence.
   *
   * @throws CommandFailure if nothing runs, the cloud is not the simulated one, or it refuses
   */
  int operate(Act act) throws IOException {
    String done =
        link.ask(
            (channel, clusterId) -> {
              try {
                return act.run(
                    OperatorServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
                    channel,
                    clusterId);
              } catch (StatusRuntimeException e) {
                throw new CommandFailure(refusal(e), e);
              }
            });
    spec.commandLine().getOut().println(done);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  static String refusal(StatusRuntimeException e) {
    if (e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
      return "this cluster's cloud is not the simulated one: only there can zones, stock and prices be set.";
    }
    CloudFailure failure = CloudFailures.from(e);
    return failure.reason() == ErrorReason.ERROR_REASON_UNAVAILABLE
        ? "the simulated cloud does not answer: %s.".formatted(failure.message())
        : failure.message() + ".";
  }

  /** A type as the contract names it; empty for all of them. */
  static String type(String argument) {
    return argument.equals(ALL) ? "" : argument;
  }

  /** "2-4Gi", or "all types". */
  static String typeText(String argument) {
    return argument.equals(ALL) ? "all types" : argument;
  }
}
