package io.viking.adapter.sim.network.lb;

import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What traffic meets: doors that are open now, and who stands behind them. */
public final class Traffic {
  private final Map<String, SimLoadBalancer> byId;
  private final String region;

  Traffic(Map<String, SimLoadBalancer> byId, String region) {
    this.byId = byId;
    this.region = region;
  }

  /**
   * A listener that takes traffic.
   *
   * @param cluster whose it is; empty: made by hand
   * @param loopback address of its load balancer
   * @param certificates those that it names, in its order; a name without one is left out
   */
  public record Door(
      String cloudId,
      String cluster,
      String loopback,
      Layer layer,
      Listener listener,
      List<Certificate> certificates) {
    public ListenerKey port() {
      return ListenerKey.of(listener);
    }
  }

  /**
   * All doors.
   *
   * @param unsettled load balancers that are being configured: what took traffic before still does
   * @param next when one of them is done; empty: none is
   */
  public record Doors(List<Door> open, Set<String> unsettled, OptionalLong next) {}

  public Doors doors(long now) {
    List<Door> open = new ArrayList<>();
    Set<String> unsettled = new HashSet<>();
    long next = Long.MAX_VALUE;
    for (SimLoadBalancer on : byId.values()) {
      if (on.stopped) {
        continue;
      }
      if (on.configuring(now)) {
        unsettled.add(on.cloudId);
        next = Math.min(next, on.configuringUntil);
        continue;
      }
      for (Part part : on.parts.values()) {
        part.listeners.values().forEach(listener -> open.add(door(on, part, listener)));
      }
    }
    return new Doors(
        List.copyOf(open),
        Set.copyOf(unsettled),
        next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next));
  }

  private static Door door(SimLoadBalancer on, Part part, Listener listener) {
    return new Door(
        on.cloudId,
        part.cluster,
        on.loopback,
        on.layer(),
        listener,
        listener.getCertificatesList().stream()
            .flatMap(name -> Stream.ofNullable(part.certificates.get(name)))
            .toList());
  }

  /** Those of a server group; empty: there is none, or it is empty. */
  public List<Backend> backends(String cloudId, String cluster, String group) {
    return Optional.ofNullable(byId.get(cloudId))
        .flatMap(on -> on.partOf(cluster))
        .map(part -> part.groups.get(group))
        .map(Group::backends)
        .orElse(List.of());
  }

  /**
   * What the DNS name of a load balancer of layer 7 leads to.
   *
   * @param name without a trailing dot
   */
  public Optional<String> resolve(String name) {
    return Hostnames.cloudId(name, region).map(byId::get).map(on -> on.loopback);
  }
}
