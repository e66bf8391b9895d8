package io.viking.scheduler.testing;

import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.volume.Claim;
import io.viking.scheduler.volume.ClaimKey;
import io.viking.scheduler.volume.Volume;
import io.viking.scheduler.volume.VolumeClass;
import io.viking.scheduler.volume.VolumeWish;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Claims of namespace "shop", volumes and classes: 10 bytes, ReadWriteOnce, class "disk". */
public final class Disk {
  public static final VolumeClass WAITS = new VolumeClass("disk", true, true, List.of());
  public static final VolumeClass LOCAL = new VolumeClass("disk", false, true, List.of());
  public static final VolumeClass AT_ONCE = new VolumeClass("disk", true, false, List.of());

  private Disk() {}

  public static VolumeClass onlyIn(String zone) {
    return new VolumeClass("disk", true, true, List.of(in(zone)));
  }

  /** One that has no volume yet. */
  public static Claim claim(String name) {
    return claim(name, 10, "");
  }

  public static Claim claim(String name, long size, String selectedNode) {
    return new Claim(
        key(name),
        "uid-" + name,
        "1",
        "",
        "disk",
        "",
        false,
        false,
        false,
        selectedNode,
        false,
        new VolumeWish(
            BigDecimal.valueOf(size),
            Set.of("ReadWriteOnce"),
            "Filesystem",
            LabelMatch.allOf(List.of())));
  }

  public static Claim bound(String name, String volume) {
    return with(claim(name), volume, true, false, false, false, "");
  }

  /** It names a volume that does not know of it yet. */
  public static Claim asking(String name, String volume) {
    return with(claim(name), volume, false, false, false, false, "");
  }

  public static Claim lost(String name, String volume) {
    return with(claim(name), volume, true, true, false, false, "");
  }

  public static Claim deleting(String name) {
    return with(claim(name), "", false, false, true, false, "");
  }

  public static Claim forOnePod(Claim claim) {
    return with(
        claim,
        claim.volume(),
        claim.bound(),
        claim.lost(),
        claim.deleting(),
        true,
        claim.controller());
  }

  public static Claim ownedBy(Claim claim, String pod) {
    return with(
        claim,
        claim.volume(),
        claim.bound(),
        claim.lost(),
        claim.deleting(),
        claim.forOnePod(),
        pod);
  }

  public static Volume free(String name, String zone, long size) {
    return volume(name, zone, size, Optional.empty());
  }

  public static Volume heldBy(String name, String zone, Claim claim) {
    return volume(name, zone, 10, Optional.of(new Volume.Holder(claim.key(), claim.uid())));
  }

  /** As old provisioners made them: zones by a label, no node affinity. */
  public static Volume labelled(String name, Claim claim, String... zones) {
    return new Volume(
        name,
        "uid-" + name,
        "1",
        "disk",
        BigDecimal.TEN,
        Set.of("ReadWriteOnce"),
        "Filesystem",
        Map.of(),
        NodeWishes.NONE,
        List.of(new LabelRule(Shape.ZONE, LabelRule.Operator.IN, Set.of(zones))),
        Optional.of(new Volume.Holder(claim.key(), claim.uid())),
        false);
  }

  private static Volume volume(
      String name, String zone, long size, Optional<Volume.Holder> holder) {
    return new Volume(
        name,
        "uid-" + name,
        "1",
        "disk",
        BigDecimal.valueOf(size),
        Set.of("ReadWriteOnce", "ReadOnlyMany"),
        "Filesystem",
        Map.of(),
        new NodeWishes(Map.of(), Optional.of(List.of(in(zone))), List.of()),
        List.of(),
        holder,
        holder.isEmpty());
  }

  public static ClaimKey key(String name) {
    return new ClaimKey("shop", name);
  }

  private static NodeTerm in(String zone) {
    return new NodeTerm(List.of(LabelRule.is(Shape.ZONE, zone)), List.of());
  }

  private static Claim with(
      Claim claim,
      String volume,
      boolean bound,
      boolean lost,
      boolean deleting,
      boolean forOnePod,
      String controller) {
    return new Claim(
        claim.key(),
        claim.uid(),
        claim.resourceVersion(),
        controller,
        claim.storageClass(),
        volume,
        bound,
        lost,
        deleting,
        claim.selectedNode(),
        forOnePod,
        claim.wish());
  }
}
