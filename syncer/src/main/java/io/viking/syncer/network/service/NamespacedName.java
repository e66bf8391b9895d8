package io.viking.syncer.network.service;

/** An object of a namespaced kind, as references name it. */
public record NamespacedName(String namespace, String name) implements Comparable<NamespacedName> {
  /** Of the form {@link #toString} writes. */
  public static NamespacedName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new NamespacedName("", text)
        : new NamespacedName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(NamespacedName other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
