package io.viking.syncer.network.lb;

import io.viking.syncer.network.service.NamespacedName;

/** An object that wants a load balancer, or a part of one. */
public record Owner(Kind kind, NamespacedName name) implements Comparable<Owner> {
  /** Its kind. */
  public enum Kind {
    SERVICE,
    INGRESS
  }

  public static Owner service(NamespacedName name) {
    return new Owner(Kind.SERVICE, name);
  }

  public static Owner ingress(NamespacedName name) {
    return new Owner(Kind.INGRESS, name);
  }

  @Override
  public int compareTo(Owner other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }

  /** As in log lines: {@code Service shop/web}. */
  @Override
  public String toString() {
    return (kind == Kind.SERVICE ? "Service " : "Ingress ") + name;
  }
}
