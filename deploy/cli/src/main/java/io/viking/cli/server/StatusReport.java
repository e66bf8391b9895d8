package io.viking.cli.server;

import io.viking.controlplane.Component;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a running {@code viking up} says about itself, as JSON at {@code /status}.
 *
 * @param state "starting", "ready", "paused" (somebody holds the loops still), "degraded" (a part
 *     of it is not ready) or "stopping"
 * @param startedAt RFC 3339
 * @param controlPlane how the API server was obtained: "native", "k3s", "external"; "" until known
 * @param server the API server's address; "" until known
 * @param kubeconfig the user's; "" until known
 * @param clusterId UID of the namespace kube-system; "" until known
 * @param profile of the simulated cloud
 * @param adapter the address of the cloud adapter for other processes
 * @param pods how many there are, by the state that the syncer has them in
 * @param instances how many the cloud has
 * @param shareOf500Millis what 500 instances take the cloud by itself, at most: its create rate and
 *     its longest start
 * @param orphansHeld how many of them have no pod and wait for {@code viking cloud gc --confirm}
 */
public record StatusReport(
    String state,
    long pid,
    String startedAt,
    String version,
    String controlPlane,
    String kubernetes,
    String server,
    String kubeconfig,
    String clusterId,
    String profile,
    String adapter,
    List<Part> parts,
    Map<String, Integer> pods,
    long instances,
    long zones,
    long shareOf500Millis,
    int orphansHeld) {

  /** The part that hybrid clusters alone have: whether pods can choose zones by labels. */
  public static final String CHOICE_POLICY = "choice-policy";

  /** Of a part whose work another replica does. */
  public static final String STANDBY = "standby";

  private static final Set<String> WELL = Set.of("ready", "missing", STANDBY);

  private static final String METRICS_SERVER = "metrics-server";

  /**
   * One process or loop.
   *
   * @param kind "process", "loop", "cloud" or "policy"
   * @param state "starting", "ready", "standby", "backing-off", "stopped" …
   * @param pid 0 for what runs in viking's own process
   * @param since RFC 3339; "" if it does not run
   * @param detail what a person should know about the state; may be empty
   */
  public record Part(
      String name,
      String kind,
      String state,
      long pid,
      int restarts,
      String since,
      String version,
      String detail) {

    /** A process as its supervisor sees it. */
    static Part of(Component component, String detail) {
      return new Part(
          component.name(),
          "process",
          component.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          component.pid().orElse(0),
          component.restarts(),
          component.since().map(Instant::toString).orElse(""),
          component.version(),
          detail);
    }

    /**
     * What parts come to, once all were started: "ready", "paused" or "degraded". What cannot run
     * here at all does not make the rest unready: its detail says so. Nor does a replica that
     * stands by, nor metrics-server while it starts, since nothing waits for it.
     */
    public static String together(List<Part> all) {
      List<Part> unready = unready(all);
      return unready.isEmpty()
          ? "ready"
          : unready.stream().allMatch(part -> part.state().equals("paused"))
              ? "paused"
              : "degraded";
    }

    /** Those that keep the whole from being ready. */
    static List<Part> unready(List<Part> all) {
      return all.stream()
          .filter(part -> !WELL.contains(part.state()))
          .filter(part -> !part.name().equals(METRICS_SERVER) || !part.state().equals("starting"))
          .toList();
    }
  }
}
