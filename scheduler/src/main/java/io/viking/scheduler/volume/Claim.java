package io.viking.scheduler.volume;

/**
 * A PersistentVolumeClaim.
 *
 * @param resourceVersion for a write that must not meet a newer one
 * @param controller UID of the object that controls it; empty: nobody
 * @param storageClass empty: none
 * @param volume the name of its volume; empty: none yet
 * @param bound claim and volume are known to each other
 * @param lost its volume is gone
 * @param deleting on its way out
 * @param selectedNode for which the volume is to be made; empty: not said
 * @param forOnePod ReadWriteOncePod
 */
public record Claim(
    ClaimKey key,
    String uid,
    String resourceVersion,
    String controller,
    String storageClass,
    String volume,
    boolean bound,
    boolean lost,
    boolean deleting,
    String selectedNode,
    boolean forOnePod,
    VolumeWish wish) {}
