package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.network.Network;
import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.state.NetworkCommand;
import io.viking.adapter.sim.state.Record;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is done to load balancers and zones in real time, each act journalled before it takes
 * effect. Any thread.
 */
final class NetworkActs {
  private final LiveCloud cloud;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  NetworkActs(LiveCloud cloud) {
    this.cloud = cloud;
  }

  /** One thing that is asked of the network, or done to it, at a time in milliseconds. */
  @FunctionalInterface
  interface Act<T> {
    T at(Network network, long now);
  }

  /** Told after each act on a listener, on the thread that did it; must not block. */
  void listen(Runnable changed) {
    listeners.add(changed);
  }

  /** Looks at the network as it is now. */
  <T> T look(Act<T> question) {
    return cloud.read(now -> question.at(now.network(), now.now().toEpochMilli()));
  }

  /**
   * Does it.
   *
   * @param command the same as it is written down
   * @throws io.grpc.StatusRuntimeException if it is refused; or UNAVAILABLE, if it could not be
   *     written
   */
  <T> T run(String cluster, NetworkCommand.Builder command, Act<Outcome<T>> act) {
    Outcome<T> outcome =
        cloud.command(
            ignored ->
                at ->
                    Record.newBuilder()
                        .setNetworkCommand(command.setCluster(cluster).setNow(at.toEpochMilli()))
                        .build(),
            now -> at -> act.at(now.network(), at.toEpochMilli()));
    if (touchesListeners(command.getActCase())) {
      listeners.forEach(Runnable::run);
    }
    return switch (outcome) {
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Refused<T> refused -> throw Failures.exception(refused.failure());
    };
  }

  private static boolean touchesListeners(NetworkCommand.ActCase act) {
    return switch (act) {
      case ENSURE_LOAD_BALANCER,
          DELETE_LOAD_BALANCER,
          MAKE_LOAD_BALANCER,
          SET_LISTENER,
          REMOVE_LOAD_BALANCER,
          STOP_LOAD_BALANCER ->
          true;
      case CHANGE_BACKENDS, ENSURE_ZONE, CHANGE_RECORDS, DELETE_ZONE, SET_RECORD, ACT_NOT_SET ->
          false;
    };
  }
}
