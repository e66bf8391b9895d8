package io.viking.adapter.sim.network.lb;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one cluster wants on a load balancer, understood: every name is resolved, every bound is
 * kept. A value; to {@link #apply} it is another matter.
 *
 * @param declared without listeners and certificates
 * @param groups those that listeners name
 */
record Declaration(
    String cluster,
    LoadBalancerSpec declared,
    Map<ListenerKey, Listener> listeners,
    Map<String, Certificate> certificates,
    Set<String> groups) {

  /** Reads a spec that was checked by itself, against what is on the load balancer. */
  static Outcome<Declaration> of(
      String cluster, LoadBalancerSpec spec, SimLoadBalancer on, NetworkProfile.LoadBalancers may) {
    Map<ListenerKey, Listener> listeners = new TreeMap<>();
    Set<String> groups = new TreeSet<>();
    for (Listener listener : spec.getListenersList()) {
      listeners.put(ListenerKey.of(listener), listener);
      named(listener, groups);
      if (exceeds(listener.getRulesCount(), may.rules())) {
        return Outcome.refused(
            Refusals.overQuota("rules of listener " + ListenerKey.of(listener), may.rules()));
      }
      if (exceeds(listener.getCertificatesCount(), may.certificates())) {
        return Outcome.refused(
            Refusals.overQuota(
                "certificates of listener " + ListenerKey.of(listener), may.certificates()));
      }
    }
    Optional<CloudFailure> held = held(cluster, spec, listeners.keySet(), on);
    if (held.isPresent()) {
      return Outcome.refused(held.get());
    }
    long foreign =
        on.parts.values().stream()
            .filter(part -> !part.cluster.equals(cluster))
            .flatMap(part -> part.listeners.keySet().stream())
            .filter(key -> !listeners.containsKey(key))
            .count();
    if (exceeds(listeners.size() + foreign, may.listeners())) {
      return Outcome.refused(Refusals.overQuota("listeners of a load balancer", may.listeners()));
    }
    Map<String, Certificate> certificates = new LinkedHashMap<>();
    for (int i = 0; i < spec.getCertificatesCount(); i++) {
      Certificate certificate = spec.getCertificates(i);
      Optional<Certificate> resolved = resolved(certificate, cluster, on);
      if (resolved.isEmpty()) {
        return Outcome.refused(
            Failures.invalid(
                "certificates",
                certificate.getName(),
                "the load balancer has none of that name; give its key pair or its cloud id"));
      }
      certificates.put(certificate.getName(), resolved.get());
    }
    LoadBalancerSpec declared =
        spec.toBuilder().clearListeners().clearCertificates().clearOverrideListeners().build();
    return Outcome.done(new Declaration(cluster, declared, listeners, certificates, groups));
  }

  private static void named(Listener listener, Set<String> groups) {
    if (!listener.getDefaultServerGroup().isEmpty()) {
      groups.add(listener.getDefaultServerGroup());
    }
    for (Rule rule : listener.getRulesList()) {
      rule.getForwardList().stream().map(WeightedServerGroup::getServerGroup).forEach(groups::add);
    }
  }

  private static Optional<CloudFailure> held(
      String cluster, LoadBalancerSpec spec, Set<ListenerKey> wanted, SimLoadBalancer on) {
    if (!on.owned() && spec.getOverrideListeners()) {
      return Optional.empty();
    }
    for (ListenerKey port : wanted) {
      if (on.holder(port).filter(part -> !part.cluster.equals(cluster)).isPresent()) {
        return Optional.of(
            CloudFailure.of(
                    ErrorReason.ERROR_REASON_FOREIGN,
                    "port "
                        + port
                        + " of load balancer "
                        + on.cloudId
                        + " has a listener that this cluster did not make: delete it, use another"
                        + " port, or allow to override listeners")
                .with("port", Integer.toString(port.port())));
      }
    }
    return Optional.empty();
  }

  private static Optional<Certificate> resolved(
      Certificate certificate, String cluster, SimLoadBalancer on) {
    return certificate.getSourceCase() == Certificate.SourceCase.SOURCE_NOT_SET
        ? on.partOf(cluster).map(part -> part.certificates.get(certificate.getName()))
        : Optional.of(certificate);
  }

  /** Whether all of it is there, and nothing else of this cluster. */
  boolean isOn(SimLoadBalancer loadBalancer) {
    return loadBalancer
        .partOf(cluster)
        .filter(
            part ->
                part.declared.equals(declared)
                    && part.listeners.equals(listeners)
                    && part.certificates.equals(certificates)
                    && part.groups.keySet().equals(groups))
        .isPresent();
  }

  /** Puts it there, and takes what else this cluster has there away. */
  void apply(SimLoadBalancer loadBalancer) {
    loadBalancer.parts.values().stream()
        .filter(part -> !part.cluster.equals(cluster))
        .forEach(part -> part.listeners.keySet().removeAll(listeners.keySet()));
    Part part = loadBalancer.part(cluster);
    part.declared = declared;
    part.listeners.clear();
    part.listeners.putAll(listeners);
    part.certificates.clear();
    part.certificates.putAll(certificates);
    part.groups.keySet().retainAll(groups);
    groups.forEach(name -> part.groups.computeIfAbsent(name, Group::new));
  }

  /** What of a load balancer cannot become another. */
  static Optional<CloudFailure> immutable(LoadBalancerSpec was, LoadBalancerSpec wanted) {
    if (was.getLayer() != wanted.getLayer()) {
      return fixed("layer", wanted.getLayer().name());
    }
    if (was.getIntranet() != wanted.getIntranet()) {
      return fixed("intranet", Boolean.toString(wanted.getIntranet()));
    }
    if (!version(was).equals(version(wanted))) {
      return fixed("ip_version", wanted.getIpVersion());
    }
    if (was.getLayer() == Layer.LAYER_4
        && was.getIntranet()
        && !was.getVswitchesList().equals(wanted.getVswitchesList())) {
      return fixed("vswitches", String.join(",", wanted.getVswitchesList()));
    }
    return Optional.empty();
  }

  private static String version(LoadBalancerSpec spec) {
    return spec.getIpVersion().isEmpty() ? "ipv4" : spec.getIpVersion();
  }

  private static Optional<CloudFailure> fixed(String field, String value) {
    return Optional.of(
        Failures.invalid(
            field,
            value,
            "it is fixed when a load balancer is made; delete this one and make another"));
  }

  private static boolean exceeds(long wanted, long limit) {
    return limit >= 0 && wanted > limit;
  }
}
