package io.viking.syncer.network.ingress;

import io.viking.cloud.v1.HealthCheck;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.Protocol;
import io.viking.syncer.network.lb.Notice;
import io.viking.syncer.network.lb.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** A listener that grows as Ingresses are added to it. */
final class ListenerDraft {
  final Protocol protocol;
  final Set<String> certificates = new LinkedHashSet<>();
  final Map<String, String> attributes = new HashMap<>();

  /** Those who are served on it. */
  final Set<Owner> wanted = new LinkedHashSet<>();

  final List<RuleWish> wishes = new ArrayList<>();
  String defaultGroup = "";
  HealthCheck check = HealthCheck.getDefaultInstance();

  ListenerDraft(Protocol protocol) {
    this.protocol = protocol;
  }

  boolean isSecure() {
    return protocol != Protocol.PROTOCOL_HTTP;
  }

  /** Whether it cannot be, for want of one. */
  boolean lacksCertificate() {
    return isSecure() && certificates.isEmpty();
  }

  /**
   * @param redirectTo the HTTPS port to which Ingresses may send on what arrives here
   * @param notices gets what users shall be told
   */
  Listener listener(int port, OptionalInt redirectTo, List<Notice> notices) {
    List<RuleWish> byAge =
        wishes.stream()
            .sorted(
                Comparator.comparing((RuleWish wish) -> wish.ingress().meta().createdAt())
                    .thenComparing(wish -> wish.ingress().name())
                    .thenComparingInt(RuleWish::place))
            .toList();
    return Listener.newBuilder()
        .setPort(port)
        .setProtocol(protocol)
        .setDefaultServerGroup(defaultGroup)
        .addAllRules(RuleMerge.rules(byAge, redirectTo, notices))
        .addAllCertificates(certificates)
        .setHealthCheck(check)
        .putAllAttributes(attributes)
        .build();
  }
}
