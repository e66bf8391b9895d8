package io.viking.syncer.network.lb;

import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Redirect;
import io.viking.cloud.v1.Rule;
import io.viking.kube.annotations.AnnotationReader;
import io.viking.kube.annotations.AnnotationReading;
import io.viking.kube.annotations.AnnotationUse;
import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.ListenerAnnotations;
import io.viking.kube.annotations.NetworkRegistry;
import io.viking.kube.annotations.ServiceAnnotations;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.ServicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Service and its annotations → its part of a load balancer. Pure.
 *
 * <p>Backends are pods' addresses, so that node ports and externalTrafficPolicy change nothing. A
 * malformed annotation counts for nothing and is told.
 */
public final class ServiceBalancer {
  /** The tag that names the object for which a load balancer was made. */
  public static final String OWNER_TAG = "viking.io/owner";

  private static final Set<String> CLASSES =
      Set.of("", "alibabacloud.com/clb", "alibabacloud.com/nlb");
  private static final int FULL_WEIGHT = 100;

  /** The longest that the cloud remembers a client. */
  private static final Duration LONGEST_PERSISTENCE = Duration.ofHours(1);

  private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(300);

  private final Service service;
  private final Owner owner;
  private final AnnotationValues values;
  private final List<Notice> notices = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();

  private ServiceBalancer(Service service, AnnotationReading reading) {
    this.service = service;
    this.owner = Owner.service(service.name());
    this.values = reading.values();
    reading
        .flaws()
        .forEach(flaw -> notices.add(Notice.warning(owner, "MalformedAnnotation", flaw.message())));
    NetworkRegistry.unknownOfService(service.meta().annotations())
        .forEach(
            key ->
                notices.add(
                    Notice.warning(
                        owner,
                        "UnknownAnnotation",
                        "annotation %s is not known here and has no effect; docs/network-annotations.md lists those that have"
                            .formatted(key))));
  }

  /**
   * Which load balancer the Service wants: one that exists in the cloud, or one of its own.
   *
   * @return empty: none, or one of somebody else's class
   */
  public static Optional<LoadBalancerRef> wanted(Service service) {
    Map<String, String> annotations = service.meta().annotations();
    boolean wants =
        switch (service.type()) {
          case LOAD_BALANCER -> CLASSES.contains(service.loadBalancerClass());
          case CLUSTER_IP ->
              !service.isHeadless()
                  && ServiceAnnotations.ADDRESS_TYPE.valueIn(annotations).orElse(false);
          case NODE_PORT, EXTERNAL_NAME -> false;
        };
    return wants && !service.meta().isDeleting()
        ? Optional.of(
            ServiceAnnotations.ID
                .valueIn(annotations)
                .map(id -> LoadBalancerRef.newBuilder().setBroughtId(id).build())
                .orElseGet(() -> LoadBalancerRef.newBuilder().setKey(service.meta().uid()).build()))
        : Optional.empty();
  }

  /** To be asked for a Service that wants one. */
  public static Part of(Service service) {
    var balancer =
        new ServiceBalancer(
            service, AnnotationReader.read(NetworkRegistry.SERVICE, service.meta().annotations()));
    return balancer.part();
  }

  private Part part() {
    Map<Integer, Protocol> protocols = protocols();
    List<Certificate> certificates = new ArrayList<>();
    values
        .get(ListenerAnnotations.CERT_ID)
        .ifPresent(
            id -> certificates.add(Certificate.newBuilder().setName(id).setCloudId(id).build()));
    for (ServicePort port : service.ports()) {
      listen(port, protocols, certificates);
    }
    return new Part(
        Set.of(owner),
        service.meta().createdAt(),
        frame(),
        listeners,
        certificates,
        groups,
        Set.of(),
        notices);
  }

  private LoadBalancerSpec frame() {
    boolean own = values.get(ServiceAnnotations.ID).isEmpty();
    var frame =
        LoadBalancerSpec.newBuilder()
            .setName(values.get(ServiceAnnotations.NAME).orElse(service.name().toString()))
            .setLayer(Layer.LAYER_4)
            .setIntranet(values.get(ServiceAnnotations.ADDRESS_TYPE).orElse(false))
            .addAllVswitches(values.get(ServiceAnnotations.VSWITCH).orElse(List.of()))
            .setIpVersion(values.get(ServiceAnnotations.IP_VERSION).orElse(""))
            .setSize(values.get(ServiceAnnotations.SPEC).orElse(""))
            .setBandwidthMbps(values.get(ServiceAnnotations.BANDWIDTH).orElse(0))
            .setOverrideListeners(values.get(ServiceAnnotations.FORCE_OVERRIDE).orElse(false))
            .setDeleteProtection(
                own && values.get(ServiceAnnotations.DELETE_PROTECTION).orElse(true))
            .setModificationProtection(
                own && values.get(ServiceAnnotations.MODIFICATION_PROTECTION).orElse(true))
            .putAllTags(values.get(ServiceAnnotations.TAGS).orElse(Map.of()))
            .putTags(OWNER_TAG, "Service/" + service.name());
    passedOn(false).forEach(frame::putAttributes);
    if (service.loadBalancerClass().equals("alibabacloud.com/nlb")) {
      frame.putAttributes("class", "nlb");
    }
    return frame.build();
  }

  private void listen(
      ServicePort port, Map<Integer, Protocol> protocols, List<Certificate> certificates) {
    if (!port.protocol().equals("TCP") && !port.protocol().equals("UDP")) {
      notices.add(
          Notice.unserved(
              owner,
              "UnsupportedProtocol",
              "port %d is %s, but the cloud's load balancers take TCP and UDP: leave it out, or make the Service headless"
                  .formatted(port.port(), port.protocol())));
      return;
    }
    String name = GroupNames.ofService(service.name(), port.port(), port.protocol());
    groups.put(
        name,
        new Group(
            service.name(),
            port.name(),
            port.protocol(),
            values.get(ListenerAnnotations.DEFAULT_WEIGHT).orElse(FULL_WEIGHT),
            values.get(ServiceAnnotations.IP_VERSION).orElse("").equals("ipv6")));
    Protocol protocol = spoken(port, protocols, !certificates.isEmpty());
    boolean isHttp = protocol == Protocol.PROTOCOL_HTTP || protocol == Protocol.PROTOCOL_HTTPS;
    var listener =
        Listener.newBuilder()
            .setPort(port.port())
            .setProtocol(protocol)
            .setDefaultServerGroup(name)
            .setHealthCheck(HealthChecks.of(values, protocol))
            .setScheduler(values.get(ListenerAnnotations.SCHEDULER).orElse("rr"))
            .addAllAllowCidrs(service.sourceRanges());
    if (protocol == Protocol.PROTOCOL_HTTPS) {
      certificates.forEach(certificate -> listener.addCertificates(certificate.getName()));
    }
    if (!isHttp) {
      persistence().ifPresent(time -> listener.setPersistence(HealthChecks.seconds(time)));
    }
    drain().ifPresent(time -> listener.setDrain(HealthChecks.seconds(time)));
    redirect(port.port(), protocol).ifPresent(listener::addRules);
    passedOn(true).forEach(listener::putAttributes);
    listeners.add(listener.build());
  }

  /** What the annotation says of ports; ports that the Service does not have are told. */
  private Map<Integer, Protocol> protocols() {
    Map<Integer, Protocol> protocols = new HashMap<>();
    Set<Integer> ports = new HashSet<>();
    service.ports().forEach(port -> ports.add(port.port()));
    for (String item : values.get(ListenerAnnotations.PROTOCOL_PORT).orElse(List.of())) {
      int colon = item.indexOf(':');
      int port = Integer.parseInt(item.substring(colon + 1));
      protocols.put(
          port, Protocol.valueOf("PROTOCOL_" + item.substring(0, colon).toUpperCase(Locale.ROOT)));
      if (!ports.contains(port)) {
        notices.add(
            Notice.warning(
                owner,
                "MalformedAnnotation",
                "annotation %s is \"%s\", but port %d is none of the Service's: name its ports"
                    .formatted(ListenerAnnotations.PROTOCOL_PORT.key(), item, port)));
      }
    }
    return protocols;
  }

  private Protocol spoken(
      ServicePort port, Map<Integer, Protocol> protocols, boolean hasCertificate) {
    if (port.protocol().equals("UDP")) {
      return Protocol.PROTOCOL_UDP;
    }
    Protocol asked = protocols.getOrDefault(port.port(), Protocol.PROTOCOL_TCP);
    if (asked == Protocol.PROTOCOL_HTTPS && !hasCertificate) {
      notices.add(
          Notice.unserved(
              owner,
              "MissingCertificate",
              "port %d is to speak https, but annotation %s names no certificate; it speaks tcp until there is one"
                  .formatted(port.port(), ListenerAnnotations.CERT_ID.key())));
      return Protocol.PROTOCOL_TCP;
    }
    return asked == Protocol.PROTOCOL_UDP ? Protocol.PROTOCOL_TCP : asked;
  }

  private Optional<Rule> redirect(int port, Protocol protocol) {
    return Optional.ofNullable(
            values
                .get(ListenerAnnotations.FORWARD_PORT)
                .orElse(Map.of())
                .get(Integer.toString(port)))
        .filter(_ -> protocol == Protocol.PROTOCOL_HTTP)
        .map(
            to ->
                Rule.newBuilder()
                    .setName("forward/" + port)
                    .addPaths(PathMatch.newBuilder().setKind(PathMatch.Kind.PREFIX).setPath("/"))
                    .setRedirect(
                        Redirect.newBuilder()
                            .setScheme("https")
                            .setPort(Integer.parseInt(to))
                            .setCode(301))
                    .build());
  }

  private Optional<Duration> persistence() {
    return values
        .get(ListenerAnnotations.PERSISTENCE_TIMEOUT)
        .map(Duration::ofSeconds)
        .or(service::affinity)
        .map(time -> time.compareTo(LONGEST_PERSISTENCE) > 0 ? LONGEST_PERSISTENCE : time)
        .filter(Duration::isPositive);
  }

  private Optional<Duration> drain() {
    return values.get(ListenerAnnotations.CONNECTION_DRAIN).orElse(false)
        ? Optional.of(
            values
                .get(ListenerAnnotations.CONNECTION_DRAIN_TIMEOUT)
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_DRAIN))
        : Optional.empty();
  }

  /** What the cloud's adapter gets as it is written, by the annotation's suffix. */
  private Map<String, String> passedOn(boolean ofListeners) {
    Map<String, String> attributes = new HashMap<>();
    for (CloudAnnotation<?> annotation : values.given()) {
      if (annotation.use() == AnnotationUse.PASSED_ON
          && ListenerAnnotations.isOne(annotation) == ofListeners) {
        annotation
            .textIn(service.meta().annotations())
            .ifPresent(
                text ->
                    attributes.put(
                        annotation.key().substring(ServiceAnnotations.PREFIX.length()), text));
      }
    }
    return attributes;
  }
}
