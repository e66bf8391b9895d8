package io.viking.cli.install;

import io.viking.kube.cache.ResourceType;

/**
 * An object as viking wants it to be.
 *
 * @param namespace empty: of the cluster
 * @param content YAML or JSON, whole: with apiVersion, kind and name
 */
public record InstalledObject(ResourceType<?> type, String namespace, String name, String content) {
  /** One of the cluster. */
  public InstalledObject(ResourceType<?> type, String name, String content) {
    this(type, "", name, content);
  }
}
