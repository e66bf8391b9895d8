package io.viking.adapter.sim.network.check;

import com.google.protobuf.Duration;
import io.viking.cloud.v1.HealthCheck;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks one listener by itself. */
final class ListenerCheck {
  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_CIDRS = 200;
  private static final int LONGEST_GROUP = 200;
  private static final Set<String> SCHEDULERS = Set.of("", "wrr", "wlc", "rr", "sch");
  private static final Set<String> METHODS = Set.of("", "HEAD", "GET");

  private ListenerCheck() {}

  static void check(String field, Listener listener, Layer layer, Set<String> certificates) {
    Invalid.range(field + ".port", listener.getPort(), 1, HIGHEST_PORT);
    protocol(field, listener, layer);
    group(field + ".default_server_group", listener.getDefaultServerGroup(), true);
    if (!SCHEDULERS.contains(listener.getScheduler())) {
      throw Invalid.at(field + ".scheduler", listener.getScheduler(), "give wrr, wlc, rr or sch");
    }
    cidrs(field + ".allow_cidrs", listener.getAllowCidrsList());
    cidrs(field + ".deny_cidrs", listener.getDenyCidrsList());
    if (listener.getAllowCidrsCount() > 0 && listener.getDenyCidrsCount() > 0) {
      throw Invalid.at(
          field + ".deny_cidrs",
          String.join(",", listener.getDenyCidrsList()),
          "a listener has a list of who may, or of who may not");
    }
    seconds(field + ".persistence", listener.getPersistence(), 0, 3600);
    seconds(field + ".drain", listener.getDrain(), 0, 900);
    certificates(field, listener, certificates);
    health(field + ".health_check", listener.getHealthCheck());
    Set<String> rules = new HashSet<>();
    for (int i = 0; i < listener.getRulesCount(); i++) {
      String at = field + ".rules[" + i + "]";
      RuleCheck.check(at, listener.getRules(i));
      if (!rules.add(listener.getRules(i).getName())) {
        throw Invalid.at(at + ".name", listener.getRules(i).getName(), "another rule has it");
      }
    }
  }

  private static void protocol(String field, Listener listener, Layer layer) {
    Protocol protocol = listener.getProtocol();
    boolean http =
        switch (protocol) {
          case PROTOCOL_HTTP, PROTOCOL_HTTPS, PROTOCOL_QUIC -> true;
          case PROTOCOL_TCP, PROTOCOL_UDP -> false;
          case PROTOCOL_UNSPECIFIED, UNRECOGNIZED ->
              throw Invalid.at(
                  field + ".protocol", protocol.toString(), "give TCP, UDP, HTTP, HTTPS or QUIC");
        };
    if (layer == Layer.LAYER_7 && !http) {
      throw Invalid.at(field + ".protocol", protocol.name(), "layer 7 takes HTTP, HTTPS and QUIC");
    }
    if (layer == Layer.LAYER_4 && protocol == Protocol.PROTOCOL_QUIC) {
      throw Invalid.at(
          field + ".protocol", protocol.name(), "layer 4 takes TCP, UDP, HTTP and HTTPS");
    }
    if (!http && listener.getRulesCount() > 0) {
      throw Invalid.at(field + ".rules", listener.getRulesCount(), "only HTTP has rules");
    }
  }

  static void group(String field, String group, boolean optional) {
    if ((group.isEmpty() && !optional) || group.length() > LONGEST_GROUP) {
      throw Invalid.at(field, group, "give 1 to " + LONGEST_GROUP + " characters");
    }
  }

  private static void cidrs(String field, List<String> cidrs) {
    if (cidrs.size() > MOST_CIDRS) {
      throw Invalid.at(field, cidrs.size(), "give at most " + MOST_CIDRS);
    }
    for (String cidr : cidrs) {
      if (AddressRange.parse(cidr).isEmpty()) {
        throw Invalid.at(field, cidr, "give networks as 10.0.0.0/8 or fd00::/8");
      }
    }
  }

  private static void certificates(String field, Listener listener, Set<String> known) {
    for (String name : listener.getCertificatesList()) {
      if (!known.contains(name)) {
        throw Invalid.at(field + ".certificates", name, "certificates has none of that name");
      }
    }
    boolean encrypted =
        listener.getProtocol() == Protocol.PROTOCOL_HTTPS
            || listener.getProtocol() == Protocol.PROTOCOL_QUIC;
    if (encrypted && listener.getCertificatesCount() == 0) {
      throw Invalid.at(field + ".certificates", "", "HTTPS and QUIC need at least one");
    }
  }

  private static void health(String field, HealthCheck check) {
    if (!check.getEnabled()) {
      return;
    }
    Invalid.range(field + ".port", check.getPort(), 0, HIGHEST_PORT);
    if (!METHODS.contains(check.getMethod())) {
      throw Invalid.at(field + ".method", check.getMethod(), "give HEAD or GET");
    }
    for (String code : check.getHealthyCodesList()) {
      if (!code.matches("http_[1-5]xx")) {
        throw Invalid.at(field + ".healthy_codes", code, "give http_2xx, http_3xx and the like");
      }
    }
    if (check.hasInterval()) {
      seconds(field + ".interval", check.getInterval(), 1, 50);
    }
    if (check.hasTimeout()) {
      seconds(field + ".timeout", check.getTimeout(), 1, 300);
    }
    threshold(field + ".healthy_threshold", check.getHealthyThreshold());
    threshold(field + ".unhealthy_threshold", check.getUnhealthyThreshold());
  }

  private static void threshold(String field, int value) {
    if (value != 0) {
      Invalid.range(field, value, 2, 10);
    }
  }

  private static void seconds(String field, Duration duration, long least, long most) {
    if (duration.getSeconds() < least || duration.getSeconds() > most || duration.getNanos() != 0) {
      throw Invalid.at(
          field,
          duration.getSeconds() + "." + "%09d".formatted(duration.getNanos()) + "s",
          "give " + least + " to " + most + " whole seconds");
    }
  }
}
