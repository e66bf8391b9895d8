package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The zones, and whether they are there. One is made when there is something to put in it. */
final class Zones {
  private static final Logger log = LoggerFactory.getLogger(Zones.class);

  private final Outbox outbox;
  private final Pauses pauses;
  private final Map<String, Zone> byName = new LinkedHashMap<>();
  private final Map<Long, String> openings = new HashMap<>();

  private static final class Zone {
    boolean isKnown;
    boolean isThere;
    boolean isOpening;
    int failures;
    Instant notBefore = Instant.MIN;
  }

  Zones(NetworkConfig config, Outbox outbox, Pauses pauses) {
    this.outbox = outbox;
    this.pauses = pauses;
    config.zones().all().forEach(name -> byName.put(name, new Zone()));
  }

  /** Whether it is known of all of them what the cloud has. */
  boolean areKnown() {
    return byName.values().stream().allMatch(zone -> zone.isKnown);
  }

  boolean isThere(String name) {
    return zone(name).isThere;
  }

  private Zone zone(String name) {
    return byName.computeIfAbsent(name, _ -> new Zone());
  }

  /** Lists those of which nothing is known yet. */
  void openUnknown() {
    byName.forEach(
        (name, zone) -> {
          if (!zone.isKnown) {
            open(name, false);
          }
        });
  }

  /** Lists all of them. */
  void openAll() {
    byName.keySet().forEach(name -> open(name, false));
  }

  /**
   * Lists a zone, unless that is under way.
   *
   * @param makes whether it is made first, if it is not there
   */
  void open(String name, boolean makes) {
    Zone zone = zone(name);
    if (zone.isOpening) {
      return;
    }
    if (zone.notBefore.isAfter(outbox.now())) {
      outbox.wakeAt(zone.notBefore);
      return;
    }
    zone.isOpening = true;
    long call = outbox.nextCall();
    openings.put(call, name);
    outbox.add(new NetworkEffect.OpenZone(call, name, makes));
  }

  /**
   * A zone was listed.
   *
   * @return its name; empty: it was no call of ours
   */
  Optional<String> opened(long call) {
    Optional<String> name = ended(call);
    name.ifPresent(
        opened -> {
          Zone zone = zone(opened);
          zone.isKnown = true;
          zone.isThere = true;
          zone.failures = 0;
        });
    return name;
  }

  /**
   * A zone could not be listed; one that is not there is {@link #absent}, which its records have to
   * hear of.
   *
   * @return its name; empty: it was no call of ours
   */
  Optional<String> failed(long call, CloudFailure failure) {
    Optional<String> name = ended(call);
    name.filter(_ -> failure.reason() != ErrorReason.ERROR_REASON_NOT_FOUND)
        .ifPresent(
            failed -> {
              Zone zone = zone(failed);
              zone.notBefore = outbox.now().plus(pauses.after(failure, zone.failures++, failed));
              outbox.wakeAt(zone.notBefore);
              if (zone.failures == 1) {
                log.warn("zone {}: its records cannot be kept for now: {}", failed, failure);
              }
            });
    return name;
  }

  private Optional<String> ended(long call) {
    Optional<String> name = Optional.ofNullable(openings.remove(call));
    name.ifPresent(ended -> zone(ended).isOpening = false);
    return name;
  }

  /** It is known that it is not there. */
  void absent(String name) {
    zone(name).isKnown = true;
    zone(name).isThere = false;
  }
}
