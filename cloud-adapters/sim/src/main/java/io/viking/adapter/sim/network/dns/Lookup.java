package io.viking.adapter.sim.network.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** Finds what a query asks for, as an authoritative server of all the zones does. */
final class Lookup {
  private static final int LONGEST_CHAIN = 8;
  private static final Name WILDCARD = Name.fromConstantString("*");
  private static final Name SERVER = Name.fromConstantString("ns.sim.internal.");
  private static final Name MAILBOX = Name.fromConstantString("hostmaster.sim.internal.");

  private final Map<Name, PrivateZone> zones;
  private final int negativeTtl;

  Lookup(Map<Name, PrivateZone> zones, int negativeTtl) {
    this.zones = zones;
    this.negativeTtl = negativeTtl;
  }

  Answer find(Name name, int type) {
    List<Record> answers = new ArrayList<>();
    Name asked = name;
    for (int step = 0; step < LONGEST_CHAIN; step++) {
      Optional<PrivateZone> zone = zone(asked);
      if (zone.isEmpty()) {
        // An alias that leads out of the zones: the resolver goes on.
        return answers.isEmpty()
            ? Answer.REFUSED
            : new Answer(Rcode.NOERROR, answers, List.of(), Optional.empty());
      }
      List<Record> here = records(zone.get(), asked);
      List<Record> matching =
          here.stream().filter(r -> r.getType() == type || type == Type.ANY).toList();
      Optional<CNAMERecord> alias =
          here.stream()
              .filter(CNAMERecord.class::isInstance)
              .map(CNAMERecord.class::cast)
              .findFirst();
      if (matching.isEmpty() && alias.isPresent()) {
        answers.add(alias.get());
        asked = alias.get().getTarget();
        continue;
      }
      if (!matching.isEmpty()) {
        answers.addAll(matching);
        return new Answer(Rcode.NOERROR, answers, additional(matching), Optional.empty());
      }
      boolean exists = !here.isEmpty() || exists(zone.get(), asked);
      return new Answer(
          exists || !answers.isEmpty() ? Rcode.NOERROR : Rcode.NXDOMAIN,
          answers,
          List.of(),
          Optional.of(soa(zone.get())));
    }
    return new Answer(Rcode.SERVFAIL, answers, List.of(), Optional.empty());
  }

  private List<Record> records(PrivateZone zone, Name name) {
    List<Record> found = new ArrayList<>();
    zone.records(name).forEach(record -> found.add(record.wire()));
    if (name.equals(zone.origin)) {
      found.add(soa(zone));
    }
    if (!found.isEmpty() || exists(zone, name)) {
      return found;
    }
    return wildcard(zone, name);
  }

  private static boolean exists(PrivateZone zone, Name name) {
    return name.equals(zone.origin) || zone.exists(name);
  }

  /** Of the closest name above that exists. */
  private static List<Record> wildcard(PrivateZone zone, Name name) {
    for (Name above = new Name(name, 1); ; above = new Name(above, 1)) {
      if (exists(zone, above)) {
        return star(above)
            .map(star -> zone.records(star).stream().map(r -> r.wire().withName(name)).toList())
            .orElse(List.of());
      }
    }
  }

  private static Optional<Name> star(Name above) {
    try {
      return Optional.of(Name.concatenate(WILDCARD, above));
    } catch (org.xbill.DNS.NameTooLongException e) {
      return Optional.empty();
    }
  }

  private List<Record> additional(List<Record> answers) {
    Map<Name, List<Record>> addresses = new HashMap<>();
    for (Record answer : answers) {
      if (answer instanceof SRVRecord service) {
        Name target = service.getTarget();
        zone(target)
            .ifPresent(
                zone ->
                    addresses.computeIfAbsent(
                        target,
                        name ->
                            zone.records(name).stream()
                                .map(ZoneRecord::wire)
                                .filter(r -> r.getType() == Type.A || r.getType() == Type.AAAA)
                                .toList()));
      }
    }
    return addresses.values().stream().flatMap(List::stream).toList();
  }

  /** The longest zone that the name is in. */
  private Optional<PrivateZone> zone(Name name) {
    for (int dropped = 0; dropped < name.labels(); dropped++) {
      PrivateZone zone = zones.get(new Name(name, dropped));
      if (zone != null) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }

  private SOARecord soa(PrivateZone zone) {
    return soa(zone.origin, negativeTtl);
  }

  static SOARecord soa(Name origin, int ttl) {
    return new SOARecord(origin, DClass.IN, ttl, SERVER, MAILBOX, 1, 3600, 600, 86_400, ttl);
  }
}
