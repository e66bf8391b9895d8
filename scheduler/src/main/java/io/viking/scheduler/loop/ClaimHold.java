package io.viking.scheduler.loop;

import io.viking.scheduler.volume.Claim;
import io.viking.scheduler.volume.ClaimKey;
import io.viking.scheduler.volume.Volume;
import io.viking.scheduler.volume.VolumeIndex;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pod that has its zone and is not bound before its claims are. */
final class ClaimHold {
  /** How far a claim has come. */
  sealed interface Progress {
    Progress DONE = new Done();
    Progress WAITING = new Waiting();

    record Done() implements Progress {}

    record Waiting() implements Progress {}

    /**
     * It will not get there.
     *
     * @param noVolume none could be made in the zone
     */
    record Lost(String why, boolean noVolume) implements Progress {}
  }

  final long id;
  final QueuedPod pod;
  final String zone;
  private final Map<String, String> labels;

  /** Their UIDs by claim. */
  private final Map<ClaimKey, String> claims = new LinkedHashMap<>();

  /** Claims that the cache has shown with our zone selected. */
  private final Set<ClaimKey> selected = new HashSet<>();

  /** Volumes that are kept for claims. */
  private final Map<ClaimKey, String> kept = new HashMap<>();

  /**
   * @param labels of the zone's node
   */
  ClaimHold(long id, QueuedPod pod, String zone, Map<String, String> labels) {
    this.id = id;
    this.pod = pod;
    this.zone = zone;
    this.labels = labels;
  }

  void await(ClaimKey claim, VolumeIndex index) {
    claims.put(claim, index.claim(claim).map(Claim::uid).orElse(""));
    index.claim(claim).filter(this::isSelected).ifPresent(seen -> selected.add(seen.key()));
  }

  void keep(ClaimKey claim, Volume volume) {
    kept.put(claim, volume.name());
  }

  Set<ClaimKey> claims() {
    return claims.keySet();
  }

  /** What its pod waits for. */
  String text() {
    return "zone %s is chosen; waiting for %s to be bound there"
        .formatted(zone, names(claims.keySet()));
  }

  static String names(Collection<ClaimKey> claims) {
    return "persistentvolumeclaim "
        + String.join(", ", claims.stream().map(key -> "\"" + key.name() + "\"").sorted().toList());
  }

  Progress progress(ClaimKey key, VolumeIndex index) {
    Optional<Claim> found = index.claim(key);
    if (found.isEmpty()
        || !found.get().uid().equals(claims.get(key))
        || found.get().deleting()
        || found.get().lost()) {
      return lost("persistentvolumeclaim \"%s\" is gone or about to be".formatted(key.name()));
    }
    Claim claim = found.get();
    if (claim.bound()) {
      return index
          .volume(claim.volume())
          .map(volume -> bound(claim, volume))
          .orElse(Progress.WAITING);
    }
    String volume = kept.getOrDefault(key, "");
    return volume.isEmpty() ? made(claim) : taken(claim, index.volume(volume));
  }

  private Progress bound(Claim claim, Volume volume) {
    return volume.reaches(zone, labels)
        ? Progress.DONE
        : lost(
            "persistentvolumeclaim \"%s\" was bound to persistentvolume \"%s\", which cannot be used in zone %s"
                .formatted(claim.key().name(), volume.name(), zone));
  }

  private Progress taken(Claim claim, Optional<Volume> volume) {
    return volume.isPresent() && volume.get().holder().map(h -> h.is(claim)).orElse(true)
        ? Progress.WAITING
        : lost(
            "the persistentvolume chosen for persistentvolumeclaim \"%s\" was taken by another"
                .formatted(claim.key().name()));
  }

  private Progress made(Claim claim) {
    if (isSelected(claim)) {
      selected.add(claim.key());
    }
    if (isSelected(claim) || !selected.contains(claim.key())) {
      return Progress.WAITING;
    }
    return claim.selectedNode().isEmpty()
        ? new Progress.Lost(
            "no volume could be made in zone %s for persistentvolumeclaim \"%s\"; the zone is used last for a while"
                .formatted(zone, claim.key().name()),
            true)
        : lost(
            "somebody else selected node %s for persistentvolumeclaim \"%s\""
                .formatted(claim.selectedNode(), claim.key().name()));
  }

  private boolean isSelected(Claim claim) {
    return claim.selectedNode().equals(zone);
  }

  private static Progress lost(String why) {
    return new Progress.Lost(why, false);
  }
}
