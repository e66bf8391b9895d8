package io.viking.adapter.sim.profile;

import java.util.List;
import java.util.Map;

/**
 * An availability zone.
 *
 * @param id a DNS label; the name of the zone's Node
 * @param available false: nothing new can be bought there
 * @param vcpu capacity that the zone's Node shows, and likewise memoryGib and gpus
 * @param stock instances of each type that can live there at once, by the type's name; -1: not
 *     bounded
 * @param defaultStock of the types that stock does not name
 */
public record ZoneProfile(
    String id,
    boolean available,
    long vcpu,
    long memoryGib,
    long gpus,
    List<VSwitchProfile> vswitches,
    long defaultStock,
    Map<String, Long> stock) {

  /** A network of the zone, from which instances take their addresses. */
  public record VSwitchProfile(String id, Cidr cidr) {
    static VSwitchProfile read(YamlMap map) {
      String id = map.text("id");
      Cidr cidr =
          Cidr.parse(map.text("cidr"))
              .orElseThrow(
                  () ->
                      map.wrong("cidr", "write an IPv4 network of 8 to 29 bits, like 10.1.0.0/16"));
      return new VSwitchProfile(id, cidr);
    }
  }

  private record Stock(long defaultStock, Map<String, Long> types) {
    static Stock read(YamlMap map) {
      return new Stock(
          map.integer("default", -1, 1_000_000_000), map.numbersByName("types", -1, 1_000_000_000));
    }
  }

  static ZoneProfile read(YamlMap map) {
    String id = map.text("id");
    if (!id.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw map.wrong("id", "write a DNS label, like cn-hangzhou-h");
    }
    List<VSwitchProfile> vswitches = map.list("vswitches", VSwitchProfile::read);
    if (vswitches.isEmpty()) {
      throw map.wrong("vswitches", "give at least one");
    }
    boolean available = map.flag("available");
    long vcpu = map.integer("vcpu", 0, 1_000_000_000);
    long memoryGib = map.integer("memoryGiB", 0, 1_000_000_000);
    long gpus = map.integer("gpus", 0, 1_000_000);
    Stock stock = map.section("stock", Stock::read);
    return new ZoneProfile(
        id, available, vcpu, memoryGib, gpus, vswitches, stock.defaultStock(), stock.types());
  }
}
