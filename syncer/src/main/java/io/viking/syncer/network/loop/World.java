package io.viking.syncer.network.loop;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.ingress.AlbConfig;
import io.viking.syncer.network.ingress.Ingress;
import io.viking.syncer.network.ingress.IngressClass;
import io.viking.syncer.network.ingress.IngressPart;
import io.viking.syncer.network.ingress.IngressTarget;
import io.viking.syncer.network.ingress.TlsReading;
import io.viking.syncer.network.ingress.TlsSecret;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.lb.Part;
import io.viking.syncer.network.lb.Plan;
import io.viking.syncer.network.lb.ServiceBalancer;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.ObjectMeta;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the API server wants, as far as it was heard, and who wants which load balancer. */
final class World {
  private final Map<NamespacedName, Service> services = new HashMap<>();
  private final Map<NamespacedName, Map<NamespacedName, Slice>> slices = new HashMap<>();
  private final Map<NamespacedName, NamespacedName> serviceOfSlice = new HashMap<>();
  private final Map<NamespacedName, Ingress> ingresses = new HashMap<>();
  private final Map<String, IngressClass> classes = new HashMap<>();
  private final Map<String, AlbConfig> albConfigs = new HashMap<>();
  private final Map<NamespacedName, TlsSecret> secrets = new HashMap<>();
  private final Map<NamespacedName, Certificate> lastGood = new HashMap<>();
  private final Map<Owner, LoadBalancerRef> wanted = new TreeMap<>();
  private final SetMultimap<LoadBalancerRef, Owner> wanting = LinkedHashMultimap.create();

  Optional<Service> service(NamespacedName name) {
    return Optional.ofNullable(services.get(name));
  }

  Set<NamespacedName> services() {
    return services.keySet();
  }

  Optional<Ingress> ingress(NamespacedName name) {
    return Optional.ofNullable(ingresses.get(name));
  }

  Set<NamespacedName> ingresses() {
    return ingresses.keySet();
  }

  Collection<Slice> slices(NamespacedName service) {
    return slices.getOrDefault(service, Map.of()).values();
  }

  Optional<ObjectMeta> meta(Owner owner) {
    return switch (owner.kind()) {
      case SERVICE -> service(owner.name()).map(Service::meta);
      case INGRESS -> ingress(owner.name()).map(Ingress::meta);
    };
  }

  /** Which load balancer an object wants. */
  Optional<LoadBalancerRef> wanted(Owner owner) {
    return Optional.ofNullable(wanted.get(owner));
  }

  /** Which load balancer an Ingress wants, known here or not. */
  Optional<LoadBalancerRef> wanted(Ingress ingress) {
    return IngressTarget.of(ingress, classes, albConfigs).map(IngressTarget::ref);
  }

  Set<Owner> wanting(LoadBalancerRef ref) {
    return wanting.get(ref);
  }

  void put(Service service) {
    services.put(service.name(), service);
  }

  void removeService(NamespacedName name) {
    services.remove(name);
  }

  void put(Ingress ingress) {
    ingresses.put(ingress.name(), ingress);
  }

  void removeIngress(NamespacedName name) {
    ingresses.remove(name);
  }

  void put(IngressClass ingressClass) {
    classes.put(ingressClass.name(), ingressClass);
  }

  void removeClass(String name) {
    classes.remove(name);
  }

  void put(AlbConfig config) {
    albConfigs.put(config.name(), config);
  }

  void removeAlbConfig(String name) {
    albConfigs.remove(name);
  }

  void put(TlsSecret secret) {
    secrets.put(secret.name(), secret);
    if (secret.content() instanceof TlsSecret.Content.Pair(Certificate certificate)) {
      lastGood.put(secret.name(), certificate);
    }
  }

  /**
   * @param keeps whether its certificate is in use, and stays
   */
  void removeSecret(NamespacedName name, boolean keeps) {
    secrets.remove(name);
    if (!keeps) {
      lastGood.remove(name);
    }
  }

  /** Its certificate is in use no more: one that is gone need not be known any longer. */
  void forgetCertificate(NamespacedName secret) {
    if (!secrets.containsKey(secret)) {
      lastGood.remove(secret);
    }
  }

  /**
   * @return the Services whose endpoints it changes: usually one, two if the slice has moved
   */
  List<NamespacedName> put(Slice slice) {
    List<NamespacedName> touched = new ArrayList<>();
    NamespacedName before = serviceOfSlice.put(slice.name(), slice.service());
    if (before != null && !before.equals(slice.service())) {
      take(before, slice.name());
      touched.add(before);
    }
    Slice old =
        slices
            .computeIfAbsent(slice.service(), _ -> new LinkedHashMap<>())
            .put(slice.name(), slice);
    if (!slice.equals(old)) {
      touched.add(slice.service());
    }
    return touched;
  }

  /** The Service whose endpoints it was; empty if it is not known. */
  Optional<NamespacedName> removeSlice(NamespacedName name) {
    Optional<NamespacedName> service = Optional.ofNullable(serviceOfSlice.remove(name));
    service.ifPresent(of -> take(of, name));
    return service;
  }

  private void take(NamespacedName service, NamespacedName slice) {
    Map<NamespacedName, Slice> all = slices.get(service);
    if (all != null) {
      all.remove(slice);
      if (all.isEmpty()) {
        slices.remove(service);
      }
    }
  }

  /**
   * Finds out anew which load balancer an object wants.
   *
   * @return those of which something may change: the one before, and the one now
   */
  List<LoadBalancerRef> assign(Owner owner) {
    Optional<LoadBalancerRef> now =
        switch (owner.kind()) {
          case SERVICE -> service(owner.name()).flatMap(ServiceBalancer::wanted);
          case INGRESS -> ingress(owner.name()).flatMap(this::wanted);
        };
    LoadBalancerRef before = wanted.get(owner);
    if (before != null && !now.equals(Optional.of(before))) {
      wanted.remove(owner);
      wanting.remove(before, owner);
    }
    now.ifPresent(
        ref -> {
          wanted.put(owner, ref);
          wanting.put(ref, owner);
        });
    return Stream.concat(Stream.ofNullable(before), now.stream()).distinct().toList();
  }

  /**
   * What those ask of a load balancer who want it and carry our finalizer already: nothing is made
   * in the cloud for an object that could vanish without our being told.
   *
   * @param certificates names of those that the load balancer has in the cloud
   */
  List<Declaration> declared(LoadBalancerRef ref, Set<String> certificates) {
    List<Declaration> declared = new ArrayList<>();
    for (Owner owner : wanting(ref)) {
      if (!Finalizers.has(meta(owner))) {
        continue;
      }
      switch (owner.kind()) {
        case SERVICE ->
            service(owner.name()).map(Declaration.OfService::new).ifPresent(declared::add);
        case INGRESS ->
            ingress(owner.name())
                .map(ingress -> new Declaration.OfIngress(ingress, tls(ingress, certificates)))
                .ifPresent(declared::add);
      }
    }
    return declared;
  }

  private Map<NamespacedName, TlsReading> tls(Ingress ingress, Set<String> certificates) {
    Map<NamespacedName, TlsReading> tls = new HashMap<>();
    ingress.secrets().forEach(secret -> tls.put(secret, tls(secret, certificates)));
    return tls;
  }

  /** What a load balancer should be if these count; empty: nobody asks for it. */
  Optional<Plan> plan(LoadBalancerRef ref, Collection<Declaration> declarations) {
    List<Part> parts = new ArrayList<>();
    List<Ingress> merged = new ArrayList<>();
    Map<NamespacedName, Map<NamespacedName, TlsReading>> read = new HashMap<>();
    Optional<String> albConfig = Optional.empty();
    for (Declaration declaration : declarations) {
      switch (declaration) {
        case Declaration.OfService(Service service) -> parts.add(ServiceBalancer.of(service));
        case Declaration.OfIngress(Ingress ingress, var tls) -> {
          merged.add(ingress);
          read.put(ingress.name(), tls);
          albConfig =
              albConfig.or(
                  () ->
                      IngressTarget.of(ingress, classes, albConfigs)
                          .flatMap(IngressTarget::albConfig));
        }
      }
    }
    if (!merged.isEmpty()) {
      parts.add(
          IngressPart.of(
              ref,
              merged,
              albConfig.map(name -> albConfigs.getOrDefault(name, AlbConfig.unsaid(name))),
              this::service,
              (ingress, secret) ->
                  Objects.requireNonNull(
                      Objects.requireNonNull(read.get(ingress.name())).get(secret))));
    }
    return Plan.of(ref, parts);
  }

  private TlsReading tls(NamespacedName name, Set<String> certificates) {
    TlsSecret secret = secrets.get(name);
    if (secret != null && secret.content() instanceof TlsSecret.Content.Pair(var certificate)) {
      return new TlsReading.Good(certificate);
    }
    String why =
        secret != null && secret.content() instanceof TlsSecret.Content.Unusable(String flaw)
            ? flaw
            : "does not exist, or is not of type kubernetes.io/tls";
    // What was good before this process began, the cloud still has, by its name alone.
    Optional<Certificate> old =
        Optional.ofNullable(lastGood.get(name))
            .or(
                () ->
                    certificates.stream()
                        .filter(one -> one.startsWith(TlsSecret.prefix(name)))
                        .sorted()
                        .findFirst()
                        .map(one -> Certificate.newBuilder().setName(one).build()));
    return new TlsReading.Bad(why, old);
  }
}
