package io.viking.scheduler.volume;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.zone.Cure;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was decided about claims and the API server does not show yet, who uses them, and where
 * volumes could not be made. Confined to one thread.
 */
public final class ClaimBook {
  private record ClassInZone(String storageClass, String zone) {}

  private record Choice(String zone, Set<String> pods) {}

  private final Map<ClaimKey, Choice> choices = new HashMap<>();
  private final Map<String, ClaimKey> kept = new HashMap<>();
  private final SetMultimap<ClaimKey, String> users = HashMultimap.create();
  private final Map<String, List<ClaimKey>> uses = new HashMap<>();
  private final Map<ClassInZone, Instant> troubles = new HashMap<>();
  private final Map<ClaimKey, String> disregarded = new HashMap<>();

  /** A pod has a zone and uses these claims until it is gone. */
  public void use(String pod, Collection<ClaimKey> claims) {
    if (!claims.isEmpty()) {
      uses.put(pod, List.copyOf(claims));
      claims.forEach(claim -> users.put(claim, pod));
    }
  }

  /** The zone of a claim is decided for as long as this pod waits for its volume. */
  public void choose(ClaimKey claim, String zone, String pod) {
    choices.computeIfAbsent(claim, _ -> new Choice(zone, new HashSet<>())).pods().add(pod);
  }

  /** A free volume is somebody's from now on. */
  public void keep(String volume, ClaimKey claim) {
    kept.put(volume, claim);
  }

  /** The claim for which a volume is kept. */
  public Optional<ClaimKey> keptFor(String volume) {
    return Optional.ofNullable(kept.get(volume));
  }

  /** Undoes what was chosen and kept for a pod's claims. */
  public Set<Cure> release(String pod, Collection<ClaimKey> claims) {
    var cures = new HashSet<Cure>();
    for (ClaimKey claim : claims) {
      Choice choice = choices.get(claim);
      if (choice != null && choice.pods().remove(pod) && choice.pods().isEmpty()) {
        choices.remove(claim);
        kept.values().remove(claim);
        cures.add(claim.changed());
      }
    }
    return cures;
  }

  /** A pod that is gone, or has no zone after all. */
  public void forget(String pod) {
    List<ClaimKey> claims = uses.remove(pod);
    if (claims != null) {
      claims.forEach(claim -> users.remove(claim, pod));
    }
  }

  /** No volume could be made there. */
  public void trouble(String storageClass, String zone, Instant until) {
    troubles.put(new ClassInZone(storageClass, zone), until);
  }

  /** The claim still names a node, but its volume will not come from there. */
  public void disregard(ClaimKey claim, String selectedNode) {
    disregarded.put(claim, selectedNode);
  }

  /** What the API server says of a claim may put an end to what we hold against it. */
  public void see(Claim claim) {
    if (!claim.selectedNode().equals(disregarded.get(claim.key()))) {
      disregarded.remove(claim.key());
    }
  }

  public void claimGone(ClaimKey claim) {
    disregarded.remove(claim);
  }

  boolean inUse(ClaimKey claim) {
    return users.containsKey(claim);
  }

  Optional<String> chosenZone(ClaimKey claim) {
    return Optional.ofNullable(choices.get(claim)).map(Choice::zone);
  }

  /** The node for which the claim's volume is being made; empty: not said, or given up. */
  String selectedNode(Claim claim) {
    return claim.selectedNode().equals(disregarded.get(claim.key())) ? "" : claim.selectedNode();
  }

  Set<String> troubledZones(String storageClass, Instant now) {
    var zones = new HashSet<String>();
    troubles.values().removeIf(until -> !now.isBefore(until));
    for (ClassInZone place : troubles.keySet()) {
      if (place.storageClass().equals(storageClass)) {
        zones.add(place.zone());
      }
    }
    return zones;
  }
}
