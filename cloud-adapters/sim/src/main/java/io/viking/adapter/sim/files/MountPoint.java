package io.viking.adapter.sim.files;

/**
 * Where a container has a volume.
 *
 * @param path absolute
 * @param subPath what of the volume; empty: all
 */
public record MountPoint(String volume, String path, String subPath, boolean readOnly) {}
