package io.viking.scheduler.pod;

/**
 * A PersistentVolumeClaim that a pod mounts.
 *
 * @param name in the pod's namespace
 * @param owner UID of the pod that the claim must have been made for (a generic ephemeral
 *     volume's); empty: anybody's
 */
public record ClaimUse(String name, String owner) {}
