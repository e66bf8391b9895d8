package io.viking.syncer.network.lb;

import io.viking.syncer.network.service.NamespacedName;
import java.util.Optional;

/**
 * Names of server groups. They say whose a group is, so that after a restart the cloud itself tells
 * of which objects it has something.
 */
public final class GroupNames {
  private static final String SERVICE = "svc";
  private static final String INGRESS = "ing";
  private static final String DEFAULT_OF = "default-of";
  private static final int SERVICE_PARTS = 5;
  private static final int DEFAULT_PARTS = 6;

  private GroupNames() {}

  /** Of a port of a Service with a load balancer. */
  public static String ofService(NamespacedName service, int port, String protocol) {
    return String.join(
        "/", SERVICE, service.namespace(), service.name(), Integer.toString(port), protocol);
  }

  /** Of a backend of Ingresses' rules. */
  public static String ofBackend(NamespacedName service, String port) {
    return String.join("/", INGRESS, service.namespace(), service.name(), port);
  }

  /** Of an Ingress' default backend, which no rule tells of. */
  public static String ofDefault(NamespacedName service, String port, NamespacedName ingress) {
    return String.join("/", ofBackend(service, port), DEFAULT_OF, ingress.name());
  }

  /** Of whom it is that has the group to itself; empty: several may share it. */
  public static Optional<Owner> owner(String group) {
    String[] parts = group.split("/", -1);
    if (parts.length == SERVICE_PARTS && parts[0].equals(SERVICE)) {
      return Optional.of(Owner.service(new NamespacedName(parts[1], parts[2])));
    }
    return parts.length == DEFAULT_PARTS && parts[4].equals(DEFAULT_OF)
        ? Optional.of(Owner.ingress(new NamespacedName(parts[1], parts[5])))
        : Optional.empty();
  }
}
