package io.viking.adapter.sim.profile;

import java.util.List;

/** Load balancers and private DNS: their bounds, rates and times. */
public record NetworkProfile(LoadBalancers loadBalancers, Dns dns, Sockets sockets) {

  /**
   * Of a state that is older than load balancers, and of nothing else: a profile says all of it.
   */
  static final NetworkProfile NONE =
      new NetworkProfile(
          new LoadBalancers(
              -1,
              -1,
              -1,
              -1,
              -1,
              -1,
              -1,
              1,
              1000,
              RateLimit.NONE,
              RateLimit.NONE,
              Span.NONE,
              Span.NONE,
              Span.NONE),
          new Dns(List.of(60L), 60, -1, -1, 1, 1000, RateLimit.NONE, RateLimit.NONE),
          new Sockets(false, 0, 0));

  /**
   * Bounds; -1: none.
   *
   * @param layer4 load balancers of the account
   * @param layer7 likewise
   * @param listeners of one load balancer
   * @param rules of one listener
   * @param certificates of one listener
   * @param backends of one load balancer of layer 4
   * @param groupBackends of one server group of layer 7
   * @param callBackends of one call
   * @param page items of one page of a list, at most
   * @param writes calls that change something
   * @param reads lists
   * @param provisioning from the first declaration to ACTIVE
   * @param configuring from a changed declaration to ACTIVE
   * @param registering from a change of a group's backends until it takes the next
   */
  public record LoadBalancers(
      long layer4,
      long layer7,
      long listeners,
      long rules,
      long certificates,
      long backends,
      long groupBackends,
      int callBackends,
      int page,
      RateLimit writes,
      RateLimit reads,
      Span provisioning,
      Span configuring,
      Span registering) {
    static LoadBalancers read(YamlMap map) {
      return new LoadBalancers(
          bound(map, "layer4"),
          bound(map, "layer7"),
          bound(map, "listenersEach"),
          bound(map, "rulesPerListener"),
          bound(map, "certificatesPerListener"),
          bound(map, "backendsEach"),
          bound(map, "backendsPerGroup"),
          (int) map.integer("backendsPerCall", 1, 1_000),
          (int) map.integer("pageSize", 1, 1_000),
          map.section("writes", RateLimit::read),
          map.section("reads", RateLimit::read),
          map.section("provisioningSeconds", Span::read),
          map.section("configuringSeconds", Span::read),
          map.section("registeringSeconds", Span::read));
    }
  }

  /**
   * Private zones.
   *
   * @param ttls seconds, ascending; others are rounded up to the next
   * @param defaultTtl one of them
   * @param zones of the account; -1: no bound
   * @param records of one zone; -1: no bound
   * @param callRecords changes of one call
   * @param page items of one page of a list, at most
   * @param writes one token per record that is made, changed or deleted, and per zone
   * @param reads lists
   */
  public record Dns(
      List<Long> ttls,
      int defaultTtl,
      long zones,
      long records,
      int callRecords,
      int page,
      RateLimit writes,
      RateLimit reads) {
    static Dns read(YamlMap map) {
      List<Long> ttls = map.integers("ttls", 1, 86_400);
      if (ttls.isEmpty() || !ttls.equals(ttls.stream().sorted().distinct().toList())) {
        throw map.wrong("ttls", "give at least one, each once and ascending");
      }
      int defaultTtl = (int) map.integer("defaultTtl", 1, 86_400);
      if (!ttls.contains((long) defaultTtl)) {
        throw map.wrong("defaultTtl", "give one of ttls");
      }
      return new Dns(
          ttls,
          defaultTtl,
          bound(map, "zones"),
          bound(map, "recordsPerZone"),
          (int) map.integer("recordsPerCall", 1, 1_000),
          (int) map.integer("pageSize", 1, 1_000),
          map.section("writes", RateLimit::read),
          map.section("reads", RateLimit::read));
    }

    /** The TTL that the cloud offers for one that was asked for; 0: the default. */
    public int offered(int seconds) {
      if (seconds == 0) {
        return defaultTtl;
      }
      return Math.toIntExact(
          ttls.stream().filter(ttl -> ttl >= seconds).findFirst().orElse(ttls.getLast()));
    }
  }

  /**
   * What of the network this machine can reach.
   *
   * @param open whether listeners and zones are real sockets on loopback
   * @param most listeners that are open at once
   * @param dnsPort where the zones answer; 0: any free port
   */
  public record Sockets(boolean open, int most, int dnsPort) {
    static Sockets read(YamlMap map) {
      return new Sockets(
          map.flag("open"),
          (int) map.integer("most", 0, 10_000),
          (int) map.integer("dnsPort", 0, 65_535));
    }
  }

  static NetworkProfile read(YamlMap map) {
    return new NetworkProfile(
        map.section("loadBalancers", LoadBalancers::read),
        map.section("dns", Dns::read),
        map.section("sockets", Sockets::read));
  }

  private static long bound(YamlMap map, String key) {
    return map.integer(key, -1, 1_000_000_000);
  }
}
