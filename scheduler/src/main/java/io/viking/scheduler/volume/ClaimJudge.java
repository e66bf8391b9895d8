package io.viking.scheduler.volume;

import io.viking.scheduler.pod.ClaimUse;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Sites;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what a pod's claims allow, in upstream's words where users know them. A function of index
 * and book: it changes nothing.
 */
public final class ClaimJudge {
  private final VolumeIndex index;
  private final ClaimBook book;
  private final Sites sites;

  public ClaimJudge(VolumeIndex index, ClaimBook book, Sites sites) {
    this.index = index;
    this.book = book;
    this.sites = sites;
  }

  public ClaimVerdict judge(PodShape shape, Instant now) {
    var findings = new Findings();
    for (ClaimUse use : shape.claims()) {
      Optional<ClaimVerdict> wait = look(shape, use, now, findings);
      if (wait.isPresent()) {
        return wait.get();
      }
    }
    return findings.verdict();
  }

  /** What the claims of a pod come to, one after the other. */
  private static final class Findings {
    final List<VolumeNeed> needs = new ArrayList<>();
    final Set<String> troubled = new HashSet<>();
    boolean oneByOne;
    private final List<String> immediate = new ArrayList<>();
    private final Set<Cure> cures = new HashSet<>();

    /**
     * @param why what is wrong with it; may be empty
     */
    void immediate(Claim claim, String why) {
      immediate.add(claim.key().name() + why);
      cures.add(claim.key().changed());
      cures.add(new Cure.ClassChanged(claim.storageClass()));
    }

    ClaimVerdict verdict() {
      return immediate.isEmpty()
          ? new ClaimVerdict.Known(new VolumeNeeds(needs, oneByOne, troubled))
          : new ClaimVerdict.Wait(
              "pod has unbound immediate PersistentVolumeClaims ("
                  + String.join(", ", immediate)
                  + ")",
              cures);
    }
  }

  /** Adds what a claim asks for; or gives why no zone will do. */
  private Optional<ClaimVerdict> look(
      PodShape shape, ClaimUse use, Instant now, Findings findings) {
    var key = new ClaimKey(shape.namespace(), use.name());
    Optional<Claim> found = index.claim(key);
    if (found.isEmpty()) {
      return Optional.of(wait(missing(use), key.changed()));
    }
    Claim claim = found.get();
    Optional<ClaimVerdict> unfit = unfit(claim, use);
    if (unfit.isPresent()) {
      return unfit;
    }
    findings.oneByOne |= claim.forOnePod();
    if (claim.bound()) {
      Optional<Volume> volume = index.volume(claim.volume());
      volume.ifPresent(known -> findings.needs.add(new VolumeNeed.Held(key, known, true)));
      return volume.isPresent()
          ? Optional.empty()
          : Optional.of(wait(lost(claim), key.changed(), new Cure.VolumeChanged(claim.volume())));
    }
    Optional<VolumeClass> waiting =
        index.storageClass(claim.storageClass()).filter(VolumeClass::waits);
    if (waiting.isEmpty() || !claim.volume().isEmpty()) {
      findings.immediate(claim, classless(claim));
      return Optional.empty();
    }
    if (shape.cloud().failFast()) {
      return Optional.of(wait(failFast(use), key.changed()));
    }
    String selected = book.selectedNode(claim);
    if (!selected.isEmpty() && !sites.canBind(selected) && sites.hasNode(selected)) {
      return Optional.of(
          wait(
              "persistentvolumeclaim \"%s\" waits for a volume on node %s, which is no zone"
                  .formatted(use.name(), selected),
              key.changed(),
              new Cure.NodeChanged(selected)));
    }
    VolumeNeed need = unbound(claim, waiting.get(), selected);
    findings.needs.add(need);
    findings.oneByOne |= need instanceof VolumeNeed.Open;
    findings.troubled.addAll(book.troubledZones(claim.storageClass(), now));
    return Optional.empty();
  }

  /** Of a claim that asks for no volume by name: where one is to come from. */
  private String classless(Claim claim) {
    if (!claim.volume().isEmpty() || index.storageClass(claim.storageClass()).isPresent()) {
      return "";
    }
    return claim.storageClass().isEmpty()
        ? ": it names no StorageClass and no volume is bound to it"
        : ": there is no StorageClass \"%s\"".formatted(claim.storageClass());
  }

  private VolumeNeed unbound(Claim claim, VolumeClass storageClass, String selected) {
    Optional<Volume> kept = index.keptFor(claim);
    if (kept.isPresent()) {
      return new VolumeNeed.Held(claim.key(), kept.get(), false);
    }
    Optional<String> chosen = book.chosenZone(claim.key());
    if (chosen.isPresent()) {
      return new VolumeNeed.Chosen(claim.key(), chosen.get());
    }
    if (sites.canBind(selected)) {
      return new VolumeNeed.Chosen(claim.key(), selected);
    }
    List<Volume> free =
        index.freeFor(claim).stream()
            .filter(volume -> book.keptFor(volume.name()).isEmpty())
            .toList();
    return new VolumeNeed.Open(claim, storageClass, free);
  }

  /** Why nobody, or not this pod, can use the claim now. */
  private Optional<ClaimVerdict> unfit(Claim claim, ClaimUse use) {
    Set<Cure> changed = Set.of(claim.key().changed());
    if (!use.owner().isEmpty() && !use.owner().equals(claim.controller())) {
      return Optional.of(
          new ClaimVerdict.Wait(
              "PVC \"%s\" was not created for the pod (pod is not owner); delete it, or rename the pod"
                  .formatted(use.name()),
              changed));
    }
    if (claim.deleting()) {
      return Optional.of(
          new ClaimVerdict.Wait(
              "persistentvolumeclaim \"%s\" is being deleted".formatted(use.name()), changed));
    }
    if (claim.lost()) {
      return Optional.of(new ClaimVerdict.Wait(lost(claim), changed));
    }
    if (claim.forOnePod() && book.inUse(claim.key())) {
      return Optional.of(
          wait(
              "pod has a ReadWriteOncePod claim that is in use by another pod (%s)"
                  .formatted(use.name()),
              claim.key().changed(),
              new Cure.PodLeft(claim.key().namespace())));
    }
    return Optional.empty();
  }

  private static String missing(ClaimUse use) {
    return use.owner().isEmpty()
        ? "persistentvolumeclaim \"%s\" not found".formatted(use.name())
        : "waiting for ephemeral volume controller to create the persistentvolumeclaim \"%s\""
            .formatted(use.name());
  }

  private static String lost(Claim claim) {
    return "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
        .formatted(claim.key().name(), claim.volume());
  }

  private static String failFast(ClaimUse use) {
    return ("annotation k8s.aliyun.com/eci-fail-strategy: fail-fast does not go with"
            + " persistentvolumeclaim \"%s\", whose volume is found once the pod has its zone"
            + " (WaitForFirstConsumer); use fail-back, or a claim that is bound")
        .formatted(use.name());
  }

  private static ClaimVerdict wait(String reason, Cure... cures) {
    return new ClaimVerdict.Wait(reason, Set.of(cures));
  }
}
