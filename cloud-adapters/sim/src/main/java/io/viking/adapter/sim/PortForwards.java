package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Conversation;
import io.viking.adapter.kit.stream.Inlet;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.cloud.v1.PortForwardStart;
import java.util.Optional;

/** Ports of simulated containers: each that is declared sends back what comes. */
final class PortForwards {
  private static final int HIGHEST_PORT = 65_535;

  private final Sandboxes sandboxes;

  PortForwards(Sandboxes sandboxes) {
    this.sandboxes = sandboxes;
  }

  void forward(Inlet<PortForwardRequest> inlet, Outlet<PortForwardResponse> outlet)
      throws InterruptedException {
    PortForwardStart start =
        Conversation.start(inlet, PortForwardRequest::hasStart, PortForwardRequest::getStart);
    if (start.getPort() < 1 || start.getPort() > HIGHEST_PORT) {
      throw Failures.exception(
          Failures.invalid(
              "start.port", Integer.toString(start.getPort()), "give 1 to " + HIGHEST_PORT));
    }
    Signals signals = new Signals();
    signals.play();
    try (Sandbox.Visit ignored =
        sandboxes.connect(
            Scope.require(start.getClusterId()), start.getUid(), start.getPort(), signals)) {
      for (Optional<PortForwardRequest> next = inlet.next();
          next.isPresent();
          next = inlet.next()) {
        outlet.send(PortForwardResponse.newBuilder().setData(next.get().getData()).build());
      }
    } catch (InterruptedException e) {
      if (!signals.killed()) {
        throw e;
      }
      // The container has ended, and its connections are closed.
    } finally {
      signals.over();
    }
  }
}
