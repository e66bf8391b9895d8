package io.viking.scheduler.volume;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.zone.Cure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The claims, volumes and storage classes that the API server has. Confined to one thread. */
public final class VolumeIndex {
  private static final Comparator<Volume> BY_SIZE =
      Comparator.comparing(Volume::capacity).thenComparing(Volume::name);

  private final Map<ClaimKey, Claim> claims = new HashMap<>();
  private final Map<String, Volume> volumes = new HashMap<>();
  private final Map<String, VolumeClass> classes = new HashMap<>();
  private final SetMultimap<String, Volume> byClass = HashMultimap.create();
  private final SetMultimap<ClaimKey, Volume> byHolder = HashMultimap.create();

  /** Gives what the news may help. */
  public Set<Cure> see(Claim claim) {
    return claim.equals(claims.put(claim.key(), claim)) ? Set.of() : Set.of(claim.key().changed());
  }

  public Set<Cure> claimGone(ClaimKey key) {
    return claims.remove(key) == null ? Set.of() : Set.of(key.changed());
  }

  public Set<Cure> see(Volume volume) {
    Volume before = volumes.put(volume.name(), volume);
    if (volume.equals(before)) {
      return Set.of();
    }
    if (before != null) {
      drop(before);
    }
    byClass.put(volume.storageClass(), volume);
    volume.holder().ifPresent(holder -> byHolder.put(holder.claim(), volume));
    return changed(volume);
  }

  public Set<Cure> volumeGone(String name) {
    Volume before = volumes.remove(name);
    if (before == null) {
      return Set.of();
    }
    drop(before);
    return changed(before);
  }

  public Set<Cure> see(VolumeClass storage) {
    return storage.equals(classes.put(storage.name(), storage))
        ? Set.of()
        : Set.of(new Cure.ClassChanged(storage.name()));
  }

  public Set<Cure> classGone(String name) {
    return classes.remove(name) == null ? Set.of() : Set.of(new Cure.ClassChanged(name));
  }

  public Optional<Claim> claim(ClaimKey key) {
    return Optional.ofNullable(claims.get(key));
  }

  public Optional<Volume> volume(String name) {
    return Optional.ofNullable(volumes.get(name));
  }

  Optional<VolumeClass> storageClass(String name) {
    return Optional.ofNullable(classes.get(name));
  }

  /** The volume that is bound to a claim or kept for it. */
  Optional<Volume> keptFor(Claim claim) {
    return byHolder.get(claim.key()).stream()
        .filter(volume -> volume.holder().map(holder -> holder.is(claim)).orElse(false))
        .min(BY_SIZE);
  }

  /** Volumes that nobody has and that a claim could take, the smallest first. */
  List<Volume> freeFor(Claim claim) {
    return byClass.get(claim.storageClass()).stream()
        .filter(volume -> volume.free() && volume.holder().isEmpty())
        .filter(claim.wish()::takes)
        .sorted(BY_SIZE)
        .toList();
  }

  private void drop(Volume volume) {
    byClass.remove(volume.storageClass(), volume);
    volume.holder().ifPresent(holder -> byHolder.remove(holder.claim(), volume));
  }

  private static Set<Cure> changed(Volume volume) {
    return Set.of(
        new Cure.VolumeChanged(volume.name()), new Cure.ClassChanged(volume.storageClass()));
  }
}
