package io.viking.syncer.network.ingress;

import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ObjectMeta;
import io.viking.syncer.network.service.StatusIngress;
import java.util.List;
import java.util.Optional;

/**
 * An Ingress.
 *
 * @param className of its spec, or of the annotation that was there before it; may be empty
 * @param hasTls whether it has a TLS section, if only with hosts
 * @param secrets of its TLS sections
 * @param balancedAt what its status says of its load balancer
 */
public record Ingress(
    ObjectMeta meta,
    String className,
    Optional<BackendRef> defaultBackend,
    List<Path> paths,
    boolean hasTls,
    List<NamespacedName> secrets,
    List<StatusIngress> balancedAt) {
  public Ingress {
    paths = List.copyOf(paths);
    secrets = List.copyOf(secrets);
    balancedAt = List.copyOf(balancedAt);
  }

  /**
   * A port of a Service of the same namespace.
   *
   * @param service empty: the backend is no Service
   * @param portName empty: the port is given by its number
   */
  public record BackendRef(String service, String portName, int portNumber) {
    /** The port as people and names of server groups say it. */
    public String port() {
      return portName.isEmpty() ? Integer.toString(portNumber) : portName;
    }
  }

  /** As in {@code pathType}. */
  public enum PathType {
    EXACT,
    PREFIX,
    IMPLEMENTATION_SPECIFIC
  }

  /**
   * A path of a rule.
   *
   * @param host may be empty, or begin with "*."
   */
  public record Path(String host, PathType type, String path, BackendRef backend) {}

  public NamespacedName name() {
    return meta.name();
  }

  /** The same, without what changes when nobody asks for anything else. */
  public Ingress declared() {
    return new Ingress(
        meta.declared(), className, defaultBackend, paths, hasTls, secrets, List.of());
  }
}
