package io.viking.cli.server;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.viking.controlplane.data.DataDirectory;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks the {@code viking up} of a data directory for its status. */
public final class StatusClient {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int BRIEF_MILLIS = 1_000;

  private StatusClient() {}

  /** The report; empty if nothing runs there, or it does not answer within five seconds. */
  public static Optional<StatusReport> ask(DataDirectory directory) {
    return ServerFile.read(directory).flatMap(server -> ask(server, TIMEOUT_MILLIS));
  }

  /** Its metrics, as Prometheus reads them; empty if it does not answer within five seconds. */
  public static Optional<String> metrics(DataDirectory directory) {
    return ServerFile.read(directory)
        .flatMap(server -> call(server, "/metrics", "GET", TIMEOUT_MILLIS));
  }

  /**
   * Lets the instances go that are held because so many have no pod.
   *
   * @return how many were held; empty if nothing runs there, or it does not answer in time
   */
  public static OptionalInt collectOrphans(DataDirectory directory) {
    return ServerFile.read(directory)
        .map(StatusClient::collectOrphans)
        .orElseGet(OptionalInt::empty);
  }

  static OptionalInt collectOrphans(ServerFile server) {
    return call(server, HttpEndpoint.ORPHANS, "POST", TIMEOUT_MILLIS).stream()
        .mapToInt(answer -> Integer.parseInt(answer.strip()))
        .findFirst();
  }

  /** For one who is being asked himself: within a second. */
  static Optional<StatusReport> askBriefly(ServerFile server) {
    return ask(server, BRIEF_MILLIS);
  }

  /** Whether a process says that all of its parts are ready. */
  static boolean isReady(ServerFile server) {
    return call(server, "/readyz", "GET", BRIEF_MILLIS).isPresent();
  }

  private static Optional<StatusReport> ask(ServerFile server, int within) {
    try {
      return call(server, "/status", "GET", within)
          .map(answer -> new Gson().fromJson(answer, StatusReport.class));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> call(
      ServerFile server, String path, String method, int timeoutMillis) {
    return LoopbackCall.make(server, path, method, timeoutMillis)
        .filter(answer -> answer.code() == 200)
        .map(LoopbackCall.Answer::body);
  }
}
