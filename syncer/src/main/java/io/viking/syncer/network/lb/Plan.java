package io.viking.syncer.network.lb;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import com.google.protobuf.CodedOutputStream;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.Protocol;
import io.viking.syncer.network.service.NamespacedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A load balancer as it should be, but for its backends.
 *
 * @param groups of which the backends are kept
 */
public record Plan(
    LoadBalancerSpec spec,
    Set<Owner> owners,
    Map<String, Group> groups,
    Set<NamespacedName> secrets,
    List<Notice> notices) {
  public Plan {
    owners = ImmutableSet.copyOf(owners);
    groups = ImmutableMap.copyOf(groups);
    secrets = ImmutableSet.copyOf(secrets);
    notices = List.copyOf(notices);
  }

  /** The tag that tells one state of a load balancer from another, also in the cloud's lists. */
  public static final String SPEC_TAG = "viking.io/spec";

  private static final int DIGEST_LENGTH = 16;

  private static String digest(LoadBalancerSpec spec) {
    byte[] bytes = new byte[spec.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      spec.writeTo(out);
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return Hashing.sha256().hashBytes(bytes).toString().substring(0, DIGEST_LENGTH);
  }

  /** Names of the Services whose pods are its backends. */
  public Set<NamespacedName> services() {
    Set<NamespacedName> services = new LinkedHashSet<>();
    groups.values().forEach(group -> services.add(group.service()));
    return services;
  }

  /** A port of a load balancer: TCP and UDP have each their own. */
  private record Socket(int port, boolean isUdp) {
    static Socket of(Listener listener) {
      return new Socket(
          listener.getPort(),
          listener.getProtocol() == Protocol.PROTOCOL_UDP
              || listener.getProtocol() == Protocol.PROTOCOL_QUIC);
    }
  }

  /**
   * Puts together what several objects ask of one load balancer. What only one can have, a port or
   * a setting of the whole, the oldest has; the owners of a younger listener are told.
   *
   * @return empty if nobody asks
   */
  public static Optional<Plan> of(LoadBalancerRef ref, List<Part> parts) {
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<Part> byAge =
        parts.stream()
            .sorted(
                Comparator.comparing(Part::createdAt)
                    .thenComparing(
                        part -> part.owners().stream().min(Owner::compareTo).orElseThrow()))
            .toList();
    Map<Socket, Listener> listeners = new LinkedHashMap<>();
    Map<String, Certificate> certificates = new LinkedHashMap<>();
    Map<String, Group> groups = new LinkedHashMap<>();
    Set<Owner> owners = new LinkedHashSet<>();
    Set<NamespacedName> secrets = new LinkedHashSet<>();
    List<Notice> notices = new ArrayList<>();
    for (Part part : byAge) {
      owners.addAll(part.owners());
      secrets.addAll(part.secrets());
      notices.addAll(part.notices());
      groups.putAll(part.groups());
      part.certificates().forEach(one -> certificates.putIfAbsent(one.getName(), one));
      for (Listener listener : part.listeners()) {
        if (listeners.putIfAbsent(Socket.of(listener), listener) != null) {
          part.owners().forEach(owner -> notices.add(taken(owner, listener, ref)));
        }
      }
    }
    groups.keySet().retainAll(named(listeners.values()));
    LoadBalancerSpec.Builder spec = byAge.getFirst().frame().toBuilder().setRef(ref);
    spec.setOverrideListeners(byAge.stream().allMatch(part -> part.frame().getOverrideListeners()));
    spec.addAllListeners(listeners.values()).addAllCertificates(certificates.values());
    byAge.forEach(part -> part.frame().getAttributesMap().forEach(spec::putAttributes));
    spec.putTags(SPEC_TAG, digest(spec.build()));
    return Optional.of(new Plan(spec.build(), owners, groups, secrets, notices));
  }

  /** The server groups in use: one of a port or a path that went to somebody else is not made. */
  private static Set<String> named(Collection<Listener> listeners) {
    Set<String> named = new HashSet<>();
    for (Listener listener : listeners) {
      named.add(listener.getDefaultServerGroup());
      listener
          .getRulesList()
          .forEach(rule -> rule.getForwardList().forEach(to -> named.add(to.getServerGroup())));
    }
    return named;
  }

  private static Notice taken(Owner owner, Listener listener, LoadBalancerRef ref) {
    return Notice.unserved(
        owner,
        "PortConflict",
        "port %d of load balancer %s is an older object's; choose another port or another load balancer"
            .formatted(listener.getPort(), ref.hasKey() ? ref.getKey() : ref.getBroughtId()));
  }
}
