package io.viking.cli.install;

import io.viking.kube.cache.ResourceType;

/**
 * A cluster-scoped object as viking wants it to be.
 *
 * @param content YAML or JSON, whole: with apiVersion, kind and name
 */
public record InstalledObject(ResourceType<?> type, String name, String content) {}
