package io.viking.syncer.network.ingress;

import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.HealthCheck;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Protocol;
import io.viking.kube.annotations.AnnotationReader;
import io.viking.kube.annotations.AnnotationReading;
import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.IngressAnnotations;
import io.viking.kube.annotations.NetworkRegistry;
import io.viking.kube.annotations.ServiceAnnotations;
import io.viking.syncer.network.lb.HealthChecks;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.lb.Part;
import io.viking.syncer.network.lb.ServiceBalancer;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The Ingresses of one load balancer → their part of it. Pure.
 *
 * <p>Ingresses are merged in the order of {@code albconfig.order}, then of age, then of name: what
 * only one can say (default backend, health check, default certificate of a listener) the first
 * says.
 */
public final class IngressPart {
  private static final int DEFAULT_ORDER = 10;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final Optional<AlbConfig> config;
  private final BiFunction<Ingress, NamespacedName, TlsReading> secrets;
  private final List<Notice> notices = new ArrayList<>();
  private final IngressBackends backends;
  private final Map<String, Certificate> certificates = new LinkedHashMap<>();
  private final Set<NamespacedName> read = new LinkedHashSet<>();
  private final Map<Integer, ListenerDraft> ports = new TreeMap<>();

  /** An Ingress with what its annotations say. */
  private record Read(Ingress ingress, AnnotationValues values) {
    int order() {
      return values.get(IngressAnnotations.ORDER).orElse(DEFAULT_ORDER);
    }
  }

  private IngressPart(
      Optional<AlbConfig> config,
      Function<NamespacedName, Optional<Service>> services,
      BiFunction<Ingress, NamespacedName, TlsReading> secrets) {
    this.config = config;
    this.backends = new IngressBackends(services, notices);
    this.secrets = secrets;
  }

  /**
   * @param ingresses that are merged; at least one
   * @param config of class {@code alb}
   * @param secrets what an Ingress has read in its Secrets
   */
  public static Part of(
      LoadBalancerRef ref,
      List<Ingress> ingresses,
      Optional<AlbConfig> config,
      Function<NamespacedName, Optional<Service>> services,
      BiFunction<Ingress, NamespacedName, TlsReading> secrets) {
    return new IngressPart(config, services, secrets).merge(ref, ingresses);
  }

  private Part merge(LoadBalancerRef ref, List<Ingress> ingresses) {
    List<Read> inOrder =
        ingresses.stream()
            .map(this::read)
            .sorted(
                Comparator.comparingInt(Read::order)
                    .thenComparing(one -> one.ingress().meta().createdAt())
                    .thenComparing(one -> one.ingress().name()))
            .toList();
    config.ifPresent(this::declared);
    config
        .filter(one -> !one.isThere() && !one.name().equals(AlbConfig.DEFAULT))
        .ifPresent(absent -> inOrder.forEach(one -> notices.add(missing(absent, one))));
    inOrder.forEach(this::add);
    LoadBalancerSpec frame = frame(ref, inOrder);
    return new Part(
        ImmutableSet.copyOf(
            inOrder.stream().map(one -> Owner.ingress(one.ingress().name())).toList()),
        inOrder.stream()
            .map(one -> one.ingress().meta().createdAt())
            .min(Comparator.naturalOrder())
            .orElseThrow(),
        frame,
        listeners(),
        List.copyOf(certificates.values()),
        backends.groups(),
        read,
        notices);
  }

  private Read read(Ingress ingress) {
    Map<String, String> annotations = ingress.meta().annotations();
    AnnotationReading reading = AnnotationReader.read(NetworkRegistry.INGRESS, annotations);
    Owner owner = Owner.ingress(ingress.name());
    reading
        .flaws()
        .forEach(flaw -> notices.add(Notice.warning(owner, "MalformedAnnotation", flaw.message())));
    NetworkRegistry.unknownOfIngress(annotations)
        .forEach(
            key ->
                notices.add(
                    Notice.warning(
                        owner,
                        "UnknownAnnotation",
                        "annotation %s is not known here and has no effect; docs/network-annotations.md lists those that have"
                            .formatted(key))));
    return new Read(ingress, reading.values());
  }

  private static Notice missing(AlbConfig absent, Read one) {
    return Notice.warning(
        Owner.ingress(one.ingress().name()),
        "AlbConfigNotFound",
        "there is no AlbConfig %s, so that its load balancer has default settings: create it, or correct annotation %s"
            .formatted(absent.name(), IngressAnnotations.ALB_CONFIG.key()));
  }

  private void declared(AlbConfig config) {
    for (AlbConfig.Listen listen : config.listeners()) {
      ListenerDraft port = new ListenerDraft(listen.protocol());
      port.attributes.putAll(listen.attributes());
      for (String id : listen.certificates()) {
        certificates.put(id, Certificate.newBuilder().setName(id).setCloudId(id).build());
        port.certificates.add(id);
      }
      ports.put(listen.port(), port);
    }
  }

  private void add(Read one) {
    Ingress ingress = one.ingress();
    Owner owner = Owner.ingress(ingress.name());
    List<String> own = certificates(ingress);
    List<RuleWish> wishes = new ArrayList<>();
    for (int i = 0; i < ingress.paths().size(); i++) {
      Ingress.Path path = ingress.paths().get(i);
      String group = backends.group(ingress.name(), one.values(), path.backend(), false);
      wishes.add(RuleWish.of(ingress, one.values(), i, path, group));
    }
    Optional<String> defaultGroup =
        ingress
            .defaultBackend()
            .map(ref -> backends.group(ingress.name(), one.values(), ref, true));
    HealthCheck check = HealthChecks.of(one.values());
    listened(one)
        .forEach(
            (number, protocol) -> {
              ListenerDraft port = ports.computeIfAbsent(number, _ -> new ListenerDraft(protocol));
              if (port.protocol != protocol) {
                notices.add(
                    Notice.warning(
                        owner,
                        "PortConflict",
                        "port %d speaks %s on this load balancer, as an older object wants it; it is served so"
                            .formatted(number, word(port.protocol))));
              }
              port.wanted.add(owner);
              port.wishes.addAll(wishes);
              if (port.isSecure()) {
                port.certificates.addAll(own);
              }
              if (port.defaultGroup.isEmpty()) {
                port.defaultGroup = defaultGroup.orElse("");
              } else if (defaultGroup.isPresent()
                  && !port.defaultGroup.equals(defaultGroup.get())) {
                notices.add(secondDefault(owner, number));
              }
              if (!port.check.getEnabled()) {
                port.check = check;
              }
            });
  }

  /** Ports in the order in which they are written; the first of each number counts. */
  private static Map<Integer, Protocol> listened(Read one) {
    Optional<String> said = one.values().get(IngressAnnotations.LISTEN_PORTS);
    if (said.isEmpty()) {
      return usual(one);
    }
    Map<Integer, Protocol> ports = new LinkedHashMap<>();
    for (JsonElement item : JsonParser.parseString(said.get()).getAsJsonArray()) {
      for (var port : item.getAsJsonObject().entrySet()) {
        ports.putIfAbsent(port.getValue().getAsInt(), AlbConfig.protocol(port.getKey()));
      }
    }
    return ports;
  }

  private static Map<Integer, Protocol> usual(Read one) {
    if (!one.ingress().hasTls()) {
      return Map.of(HTTP_PORT, Protocol.PROTOCOL_HTTP);
    }
    Map<Integer, Protocol> ports = new LinkedHashMap<>();
    ports.put(HTTPS_PORT, Protocol.PROTOCOL_HTTPS);
    if (one.values().get(IngressAnnotations.SSL_REDIRECT).orElse(false)) {
      ports.put(HTTP_PORT, Protocol.PROTOCOL_HTTP);
    }
    return ports;
  }

  private List<String> certificates(Ingress ingress) {
    List<String> names = new ArrayList<>();
    for (NamespacedName secret : ingress.secrets()) {
      read.add(secret);
      Optional<Certificate> certificate =
          switch (secrets.apply(ingress, secret)) {
            case TlsReading.Good(Certificate good) -> Optional.of(good);
            case TlsReading.Bad(String why, Optional<Certificate> old) -> {
              notices.add(
                  Notice.warning(
                      Owner.ingress(ingress.name()),
                      "BadCertificate",
                      "Secret %s %s; %s"
                          .formatted(
                              secret,
                              why,
                              old.isPresent()
                                  ? "the certificate that was there stays in force"
                                  : "its hosts are served without it")));
              yield old;
            }
          };
      certificate.ifPresent(
          one -> {
            certificates.putIfAbsent(one.getName(), one);
            names.add(one.getName());
          });
    }
    return names;
  }

  private List<Listener> listeners() {
    OptionalInt secure =
        ports.entrySet().stream()
            .filter(port -> port.getValue().protocol == Protocol.PROTOCOL_HTTPS)
            .mapToInt(Map.Entry::getKey)
            .findFirst();
    List<Listener> listeners = new ArrayList<>();
    ports.forEach(
        (number, port) -> {
          if (port.lacksCertificate()) {
            port.wanted.forEach(owner -> notices.add(uncertified(owner, number)));
          } else {
            listeners.add(
                port.listener(number, port.isSecure() ? OptionalInt.empty() : secure, notices));
          }
        });
    return listeners;
  }

  private static Notice secondDefault(Owner owner, int port) {
    return Notice.warning(
        owner,
        "RuleConflict",
        "spec.defaultBackend on port %d is taken by an Ingress before it, which gets the requests: lower its %s, or take the field off"
            .formatted(port, IngressAnnotations.ORDER.key()));
  }

  private static Notice uncertified(Owner owner, int port) {
    return Notice.warning(
        owner,
        "MissingCertificate",
        "port %d needs a certificate and has none, so that it is not served: name a Secret in spec.tls"
            .formatted(port));
  }

  private LoadBalancerSpec frame(LoadBalancerRef ref, List<Read> inOrder) {
    AnnotationValues first = inOrder.getFirst().values();
    boolean own = ref.hasKey();
    boolean overrides =
        config.map(AlbConfig::overrides).orElse(false)
            || first.get(IngressAnnotations.FORCE_OVERRIDE).orElse(false)
            || ServiceAnnotations.FORCE_OVERRIDE
                .valueIn(inOrder.getFirst().ingress().meta().annotations())
                .orElse(false);
    var frame =
        LoadBalancerSpec.newBuilder()
            .setName(
                config
                    .map(AlbConfig::title)
                    .filter(title -> !title.isEmpty())
                    .or(() -> first.get(IngressAnnotations.NAME))
                    .orElse(ref.getKey()))
            .setLayer(Layer.LAYER_7)
            .setIntranet(
                config.map(AlbConfig::isIntranet).orElse(false)
                    || first.get(IngressAnnotations.ADDRESS_TYPE).orElse(false))
            .addAllVswitches(
                config
                    .map(AlbConfig::vswitches)
                    .filter(vswitches -> !vswitches.isEmpty())
                    .or(() -> first.get(IngressAnnotations.VSWITCHES))
                    .orElse(List.of()))
            .setOverrideListeners(!own && overrides)
            .setDeleteProtection(own && config.map(AlbConfig::isProtected).orElse(true))
            .setModificationProtection(own)
            .putTags(ServiceBalancer.OWNER_TAG, "Ingress")
            .putAllAttributes(config.map(AlbConfig::attributes).orElse(Map.of()))
            .putAllAttributes(backends.protocols());
    first.get(IngressAnnotations.EDITION).ifPresent(e -> frame.putAttributes("edition", e));
    first
        .get(IngressAnnotations.ALLOCATED_MODE)
        .ifPresent(mode -> frame.putAttributes("addressAllocatedMode", mode));
    return frame.build();
  }

  private static String word(Protocol protocol) {
    return protocol.name().substring("PROTOCOL_".length());
  }
}
