package io.viking.syncer.pods.manifest;

import io.viking.kube.cache.ResourceType;

/** A ConfigMap or Secret that pods refer to, by name: whether it exists is another matter. */
public record Reference(Kind kind, String namespace, String name) {
  /** The kinds whose changes are followed. */
  public enum Kind {
    CONFIG_MAP(ResourceType.CONFIG_MAPS),
    SECRET(ResourceType.SECRETS);

    private final ResourceType<?> type;

    Kind(ResourceType<?> type) {
      this.type = type;
    }

    public ResourceType<?> type() {
      return type;
    }
  }

  public static Reference configMap(String namespace, String name) {
    return new Reference(Kind.CONFIG_MAP, namespace, name);
  }

  public static Reference secret(String namespace, String name) {
    return new Reference(Kind.SECRET, namespace, name);
  }

  /** As in log lines: {@code ConfigMap namespace/name}. */
  @Override
  public String toString() {
    return kind.type().kind() + " " + namespace + "/" + name;
  }
}
