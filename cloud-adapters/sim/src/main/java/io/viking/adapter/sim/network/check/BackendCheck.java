package io.viking.adapter.sim.network.check;

import com.google.common.net.InetAddresses;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import java.util.Optional;

/** Checks one change of a backend by itself. */
public final class BackendCheck {
  private static final int HEAVIEST = 100;
  private static final int HIGHEST_PORT = 65_535;

  private BackendCheck() {}

  /** What is wrong with it; empty: nothing. */
  public static Optional<CloudFailure> fault(BackendChange change) {
    Backend backend = change.getBackend();
    if (change.getServerGroup().isEmpty()) {
      return Optional.of(Failures.invalid("server_group", "", "give its name"));
    }
    if (!InetAddresses.isInetAddress(backend.getAddress())) {
      return Optional.of(
          Failures.invalid("backend.address", backend.getAddress(), "give an IP address"));
    }
    if (backend.getPort() < 1 || backend.getPort() > HIGHEST_PORT) {
      return number("backend.port", backend.getPort(), "give 1 to " + HIGHEST_PORT);
    }
    if (backend.getWeight() < 0 || backend.getWeight() > HEAVIEST) {
      return number("backend.weight", backend.getWeight(), "give 0 to " + HEAVIEST);
    }
    return Optional.empty();
  }

  private static Optional<CloudFailure> number(String field, int value, String wayOut) {
    return Optional.of(Failures.invalid(field, Integer.toString(value), wayOut));
  }
}
