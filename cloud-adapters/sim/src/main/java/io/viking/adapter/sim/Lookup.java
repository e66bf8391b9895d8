package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.cloud.v1.ErrorReason;
import java.util.function.Supplier;

/** Finds what a call names, or fails the call with what is missing. */
final class Lookup {
  private Lookup() {}

  /**
   * As it is at each look, under the cloud's lock.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND
   */
  static Supplier<InstanceFacts> instance(SimCloud now, String cluster, String uid) {
    return now.facts(cluster, uid)
        .orElseThrow(
            () ->
                Failures.exception(
                    ErrorReason.ERROR_REASON_NOT_FOUND, "there is no instance of pod " + uid));
  }

  /**
   * @throws io.grpc.StatusRuntimeException NOT_FOUND
   */
  static ContainerFacts container(InstanceFacts instance, String name) {
    return instance
        .container(name)
        .orElseThrow(
            () ->
                Failures.exception(
                    ErrorReason.ERROR_REASON_NOT_FOUND,
                    pod(instance) + " has no container " + name));
  }

  /**
   * The start of it that runs now.
   *
   * @throws io.grpc.StatusRuntimeException BUSY
   */
  static ContainerRun running(InstanceFacts instance, ContainerFacts container, long now) {
    return container
        .current()
        .filter(ignored -> container.running(now))
        .orElseThrow(
            () ->
                Failures.exception(
                    ErrorReason.ERROR_REASON_BUSY,
                    called(instance, container.order().getName()) + " is not running"));
  }

  /** A container in messages. */
  static String called(InstanceFacts instance, String container) {
    return "container " + container + " of " + pod(instance);
  }

  private static String pod(InstanceFacts instance) {
    return "pod " + instance.namespace() + "/" + instance.name();
  }
}
