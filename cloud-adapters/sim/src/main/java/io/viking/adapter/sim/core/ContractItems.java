package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstanceResult;
import io.viking.cloud.v1.Failure;
import java.util.function.Function;

/** Items of creates and deletes, from the contract's form and back. */
public final class ContractItems {
  private ContractItems() {}

  public static DeleteOrder order(DeleteInstance item) {
    return DeleteOrder.newBuilder()
        .setUid(item.getUid())
        .setAttempt(item.getAttempt())
        .setGraceMillis(
            Math.max(
                0,
                item.getGracePeriod().getSeconds() * 1000
                    + item.getGracePeriod().getNanos() / 1_000_000))
        .build();
  }

  /**
   * @param failure writes a failure as the contract has it
   */
  public static CreateInstanceResult result(
      String uid, CreateOutcome outcome, Function<CloudFailure, Failure> failure) {
    CreateInstanceResult.Builder result = CreateInstanceResult.newBuilder().setUid(uid);
    switch (outcome) {
      case CreateOutcome.Accepted accepted ->
          result.setInstance(accepted.instance()).setCreated(true);
      case CreateOutcome.Existing existing -> result.setInstance(existing.instance());
      case CreateOutcome.Refused refused -> result.setFailure(failure.apply(refused.failure()));
    }
    return result.build();
  }

  /**
   * @param failure writes a failure as the contract has it
   */
  public static DeleteInstanceResult result(
      String uid, DeleteOutcome outcome, Function<CloudFailure, Failure> failure) {
    DeleteInstanceResult.Builder result = DeleteInstanceResult.newBuilder().setUid(uid);
    switch (outcome) {
      case DeleteOutcome.Stopping ignored -> {}
      case DeleteOutcome.Absent ignored -> result.setAbsent(true);
      case DeleteOutcome.Refused refused -> result.setFailure(failure.apply(refused.failure()));
    }
    return result.build();
  }
}
