package io.viking.adapter.sim.profile;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that makes one simulated cloud differ from another. Immutable and valid.
 *
 * @param name of the built-in profile, or the file's
 * @param currency ISO 4217
 * @param types the shapes, cheapest first, then the named types
 * @param yaml the whole document, merged with its bases: reading it again gives an equal profile
 */
public record SimProfile(
    String name,
    String region,
    String currency,
    List<ZoneProfile> zones,
    List<TypeProfile> types,
    SpotMarket spot,
    Quotas quotas,
    Rates rates,
    Latency latency,
    Images images,
    Containers containers,
    NetworkProfile network,
    List<FaultRule> faults,
    String yaml) {

  /**
   * The spot market. Each offer's price walks between two bounds.
   *
   * @param initialPpm price at first, parts per million of the on demand price; so minPpm, maxPpm
   * @param stepPpm the most by which it changes in one interval
   * @param noticeMillis from the warning to the end
   * @param reclaimPpm chance of an instance past its protection to be reclaimed at an interval
   *     whatever its bid
   */
  public record SpotMarket(
      boolean enabled,
      long initialPpm,
      long minPpm,
      long maxPpm,
      long stepPpm,
      long intervalMillis,
      long noticeMillis,
      long reclaimPpm) {
    static SpotMarket read(YamlMap map) {
      long min = ppm(map, "minimum");
      long max = ppm(map, "maximum");
      long initial = ppm(map, "initial");
      if (min > max) {
        throw map.wrong("minimum", "give at most maximum");
      }
      if (initial < min || initial > max) {
        throw map.wrong("initial", "give a fraction from minimum to maximum");
      }
      return new SpotMarket(
          map.flag("enabled"),
          initial,
          min,
          max,
          ppm(map, "step"),
          map.millis("intervalSeconds", 1, 86_400),
          map.millis("noticeSeconds", 0, 86_400),
          ppm(map, "reclaimProbability"));
    }

    private static long ppm(YamlMap map, String key) {
      return map.decimal(key, "0", "1").movePointRight(6).longValue();
    }
  }

  /** Bounds of the account; -1: none. */
  public record Quotas(long instances, long vcpu) {
    static Quotas read(YamlMap map) {
      return new Quotas(
          map.integer("instances", -1, 1_000_000_000), map.integer("vcpu", -1, 1_000_000_000));
    }

    public long milliVcpu() {
      return vcpu < 0 ? -1 : vcpu * 1000;
    }
  }

  /**
   * Token buckets of the account. A create and a delete take one token per item, the others one per
   * call.
   */
  public record Rates(RateLimit create, RateLimit delete, RateLimit list, RateLimit logs) {
    static Rates read(YamlMap map) {
      return new Rates(
          map.section("create", RateLimit::read),
          map.section("delete", RateLimit::read),
          map.section("list", RateLimit::read),
          map.section("logs", RateLimit::read));
    }
  }

  /**
   * How long things take.
   *
   * @param sandbox from the accepted create to the address
   * @param pull of an image that the zone has not seen
   * @param cachedPull of one that it has
   * @param start of a container whose image is there
   */
  public record Latency(Span sandbox, Span pull, Span cachedPull, Span start) {
    static Latency read(YamlMap map) {
      return new Latency(
          map.section("sandboxSeconds", Span::read),
          map.section("imagePullSeconds", Span::read),
          map.section("cachedImagePullSeconds", Span::read),
          map.section("containerStartSeconds", Span::read));
    }
  }

  /**
   * Which images do not exist.
   *
   * @param missingParts repository parts and tags
   * @param missingHosts registry hosts; {@code *.} at the front stands for anything
   * @param cachePerZone images that a zone remembers
   */
  public record Images(List<String> missingParts, List<String> missingHosts, int cachePerZone) {
    static Images read(YamlMap map) {
      return new Images(
          map.texts("missingParts"),
          map.texts("missingHosts"),
          (int) map.integer("cachePerZone", 0, 1_000_000));
    }
  }

  /** What containers do that do not say otherwise by annotation; milliseconds. */
  public record Containers(long runMillis, long initMillis, long stopMillis) {
    static Containers read(YamlMap map) {
      return new Containers(
          map.millis("runSeconds", 0, 1_000_000_000),
          map.millis("initSeconds", 0, 1_000_000_000),
          map.millis("stopSeconds", 0, 1_000_000_000));
    }
  }

  static SimProfile read(String name, YamlMap map, String yaml) {
    if (map.has("base")) {
      map.text("base");
    }
    String region = map.text("region");
    List<ZoneProfile> zones = map.list("zones", ZoneProfile::read);
    if (zones.isEmpty()) {
      throw map.wrong("zones", "give at least one");
    }
    distinct(zones);
    TypeProfile.Prices prices = map.section("prices", TypeProfile.Prices::read);
    List<TypeProfile> types = new java.util.ArrayList<>(TypeProfile.shapes(prices));
    types.addAll(map.list("namedTypes", TypeProfile::named));
    Set<String> names = new HashSet<>();
    for (TypeProfile type : types) {
      if (!names.add(type.name())) {
        throw map.wrong("namedTypes", "the name " + type.name() + " stands there twice");
      }
    }
    for (ZoneProfile zone : zones) {
      for (String type : zone.stock().keySet()) {
        if (!names.contains(type)) {
          throw ProfileException.at(
              "zones (" + zone.id() + ").stock.types", type, "there is no such type");
        }
      }
    }
    List<FaultRule> faults = map.list("faults", FaultRule::read);
    for (FaultRule fault : faults) {
      if (!fault.zone().isEmpty() && zones.stream().noneMatch(z -> z.id().equals(fault.zone()))) {
        throw ProfileException.at("faults[].zone", fault.zone(), "there is no such zone");
      }
    }
    return new SimProfile(
        name,
        region,
        prices.currency(),
        zones,
        List.copyOf(types),
        map.section("spot", SpotMarket::read),
        map.section("quotas", Quotas::read),
        map.section("rates", Rates::read),
        map.section("latency", Latency::read),
        map.section("images", Images::read),
        map.section("containers", Containers::read),
        map.has("network") ? map.section("network", NetworkProfile::read) : NetworkProfile.NONE,
        faults,
        yaml);
  }

  private static void distinct(List<ZoneProfile> zones) {
    Set<String> ids = new HashSet<>();
    List<ZoneProfile.VSwitchProfile> seen = new java.util.ArrayList<>();
    for (ZoneProfile zone : zones) {
      if (!ids.add(zone.id())) {
        throw ProfileException.at("zones", zone.id(), "this zone stands there twice");
      }
      for (ZoneProfile.VSwitchProfile vswitch : zone.vswitches()) {
        if (!ids.add(vswitch.id())) {
          throw ProfileException.at("zones", vswitch.id(), "this id stands there twice");
        }
        for (ZoneProfile.VSwitchProfile other : seen) {
          if (other.cidr().overlaps(vswitch.cidr())) {
            throw ProfileException.at(
                "zones", vswitch.cidr(), "it overlaps " + other.cidr() + " of " + other.id());
          }
        }
        seen.add(vswitch);
      }
    }
  }

  /** The type of that name. */
  public Optional<TypeProfile> type(String typeName) {
    return types.stream().filter(type -> type.name().equals(typeName)).findFirst();
  }

  public Optional<ZoneProfile> zone(String id) {
    return zones.stream().filter(zone -> zone.id().equals(id)).findFirst();
  }

  /**
   * The cloud's own share of the time that n instances of one container each take from the first
   * create call to the last start: the wait for the create rate, and then the longest that an
   * address, an image that no zone has seen yet, and a start can take. What is measured above it is
   * the caller's.
   */
  public Duration cloudShare(int n) {
    RateLimit create = rates.create();
    long wait =
        create.unlimited() || n <= create.burst()
            ? 0
            : Math.ceilDiv((n - create.burst()) * 60_000L, create.perMinute());
    return Duration.ofMillis(
        wait
            + latency.sandbox().maxMillis()
            + Math.max(latency.pull().maxMillis(), latency.cachedPull().maxMillis())
            + latency.start().maxMillis());
  }
}
