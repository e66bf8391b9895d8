package io.viking.syncer.network.ingress;

import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.IngressAnnotations;
import io.viking.syncer.network.lb.Group;
import io.viking.syncer.network.lb.GroupNames;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The server groups of the backends that Ingresses name. */
final class IngressBackends {
  private static final int FULL_WEIGHT = 100;

  private final Function<NamespacedName, Optional<Service>> services;
  private final List<Notice> notices;
  private final Map<String, Group> groups = new LinkedHashMap<>();

  /** The name that no Service can have. */
  private static final String NO_SERVICE = "-";

  private final Map<String, String> protocols = new HashMap<>();

  /**
   * @param notices gets what users shall be told
   */
  IngressBackends(Function<NamespacedName, Optional<Service>> services, List<Notice> notices) {
    this.services = services;
    this.notices = notices;
  }

  Map<String, Group> groups() {
    return groups;
  }

  /** What is spoken to backends, by the name of the attribute. */
  Map<String, String> protocols() {
    return protocols;
  }

  /**
   * The server group of a backend. One that cannot be reached has an empty group: its requests are
   * answered with an error, and do not go to somebody else's default.
   *
   * @param isDefault whether it is the default backend, of which no rule tells whose it is
   */
  String group(
      NamespacedName ingress, AnnotationValues values, Ingress.BackendRef ref, boolean isDefault) {
    Owner owner = Owner.ingress(ingress);
    boolean isService = !ref.service().isEmpty();
    NamespacedName name =
        new NamespacedName(ingress.namespace(), isService ? ref.service() : NO_SERVICE);
    Optional<Service> service = services.apply(name);
    Optional<String> port = service.flatMap(s -> portName(s, ref));
    if (!isService) {
      notices.add(
          Notice.warning(
              owner,
              "UnsupportedBackend",
              "a backend that is no Service cannot be reached by a load balancer, its paths are answered with an error; name a Service"));
    } else if (port.isEmpty()) {
      notices.add(
          Notice.warning(
              owner,
              "BackendNotFound",
              service.isEmpty()
                  ? "Service %s does not exist; its paths are answered with an error until it does"
                      .formatted(name)
                  : "Service %s has no port %s; its paths are answered with an error until it has"
                      .formatted(name, ref.port())));
    }
    String group =
        isDefault
            ? GroupNames.ofDefault(name, ref.port(), ingress)
            : GroupNames.ofBackend(name, ref.port());
    groups.put(group, new Group(name, port.orElse(ref.portName()), "TCP", FULL_WEIGHT, false));
    values
        .get(IngressAnnotations.BACKEND_PROTOCOL)
        .filter(protocol -> !protocol.equals("http"))
        .ifPresent(protocol -> protocols.putIfAbsent("backend-protocol/" + group, protocol));
    return group;
  }

  private static Optional<String> portName(Service service, Ingress.BackendRef ref) {
    return service.ports().stream()
        .filter(
            port ->
                ref.portName().isEmpty()
                    ? port.port() == ref.portNumber()
                    : port.name().equals(ref.portName()))
        .map(port -> port.name())
        .findFirst();
  }
}
