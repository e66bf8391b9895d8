package io.viking.adapter.sim.network.check;

import io.viking.adapter.sim.network.lb.ListenerKey;
import io.viking.adapter.sim.network.tls.ServerKey;
import io.viking.adapter.sim.network.tls.UnusableKeyException;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.ZoneProfile;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a declared load balancer by itself. Immutable; any thread. */
public final class LoadBalancerCheck {
  /** The sizes that are sold. */
  private static final List<String> SIZES =
      List.of(
          "slb.s1.small",
          "slb.s2.small",
          "slb.s2.medium",
          "slb.s3.small",
          "slb.s3.medium",
          "slb.s3.large");

  /** A part of a certificate's id that says that there is none, as with images. */
  private static final String MISSING = "does-not-exist";

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_KEY = 256;
  private static final int MOST_BANDWIDTH = 5_000;
  private static final int MOST_TAGS = 20;

  /** The zone of each vSwitch. */
  private final Map<String, String> vswitches = new HashMap<>();

  public LoadBalancerCheck(SimProfile profile) {
    for (ZoneProfile zone : profile.zones()) {
      zone.vswitches().forEach(vswitch -> vswitches.put(vswitch.id(), zone.id()));
    }
  }

  /**
   * @throws io.grpc.StatusRuntimeException INVALID_SPEC for a reference to nothing
   */
  public static LoadBalancerRef require(LoadBalancerRef ref) {
    switch (ref.getReferenceCase()) {
      case KEY -> {
        if (ref.getKey().isBlank() || ref.getKey().length() > LONGEST_KEY) {
          throw Invalid.at("ref.key", ref.getKey(), "give 1 to " + LONGEST_KEY + " characters");
        }
      }
      case BROUGHT_ID -> {
        if (ref.getBroughtId().isBlank()) {
          throw Invalid.at("ref.brought_id", ref.getBroughtId(), "give the cloud's own id");
        }
      }
      case REFERENCE_NOT_SET -> throw Invalid.at("ref", "", "give a key or a brought id");
    }
    return ref;
  }

  /**
   * @throws io.grpc.StatusRuntimeException INVALID_SPEC naming the field
   */
  public void check(LoadBalancerSpec spec) {
    require(spec.getRef());
    if (spec.getName().length() > LONGEST_NAME) {
      throw Invalid.at("name", spec.getName(), "give at most " + LONGEST_NAME + " characters");
    }
    if (spec.getLayer() != Layer.LAYER_4 && spec.getLayer() != Layer.LAYER_7) {
      throw Invalid.at("layer", spec.getLayer().toString(), "give LAYER_4 or LAYER_7");
    }
    if (!Set.of("", "ipv4", "ipv6").contains(spec.getIpVersion())) {
      throw Invalid.at("ip_version", spec.getIpVersion(), "give ipv4 or ipv6");
    }
    if (!spec.getSize().isEmpty() && !SIZES.contains(spec.getSize())) {
      throw Invalid.at("size", spec.getSize(), "give one of " + String.join(", ", SIZES));
    }
    Invalid.range("bandwidth_mbps", spec.getBandwidthMbps(), 0, MOST_BANDWIDTH);
    if (spec.getTagsCount() > MOST_TAGS) {
      throw Invalid.at("tags", spec.getTagsCount(), "give at most " + MOST_TAGS);
    }
    network(spec);
    Set<String> certificates = certificates(spec);
    Set<ListenerKey> ports = new HashSet<>();
    for (int i = 0; i < spec.getListenersCount(); i++) {
      Listener listener = spec.getListeners(i);
      ListenerCheck.check("listeners[" + i + "]", listener, spec.getLayer(), certificates);
      if (!ports.add(ListenerKey.of(listener))) {
        throw Invalid.at(
            "listeners[" + i + "].port", listener.getPort(), "another listener has this port");
      }
    }
  }

  private void network(LoadBalancerSpec spec) {
    Set<String> zones = new HashSet<>();
    for (String vswitch : spec.getVswitchesList()) {
      String zone = vswitches.get(vswitch);
      if (zone == null) {
        throw Invalid.at(
            "vswitches", vswitch, "there are " + vswitches.keySet().stream().sorted().toList());
      }
      zones.add(zone);
    }
    if (spec.getVswitchesCount() == 0) {
      return;
    }
    String given = String.join(",", spec.getVswitchesList());
    if (spec.getLayer() == Layer.LAYER_7 && zones.size() < 2) {
      throw Invalid.at("vswitches", given, "layer 7 stands in at least two zones, or give none");
    }
    if (spec.getLayer() == Layer.LAYER_4 && spec.getVswitchesCount() > 1) {
      throw Invalid.at("vswitches", given, "layer 4 stands in one vSwitch");
    }
    if (spec.getLayer() == Layer.LAYER_4 && !spec.getIntranet()) {
      throw Invalid.at("vswitches", given, "only an intranet load balancer stands in a vSwitch");
    }
  }

  private static Set<String> certificates(LoadBalancerSpec spec) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < spec.getCertificatesCount(); i++) {
      Certificate certificate = spec.getCertificates(i);
      String field = "certificates[" + i + "]";
      if (certificate.getName().isEmpty() || !names.add(certificate.getName())) {
        throw Invalid.at(field + ".name", certificate.getName(), "give each a name of its own");
      }
      switch (certificate.getSourceCase()) {
        case CLOUD_ID -> {
          if (certificate.getCloudId().isBlank() || certificate.getCloudId().contains(MISSING)) {
            throw Invalid.at(
                field + ".cloud_id", certificate.getCloudId(), "there is no such certificate");
          }
        }
        case KEY_PAIR -> {
          try {
            var ignored = ServerKey.of(certificate.getKeyPair());
          } catch (UnusableKeyException e) {
            throw Invalid.at(field + ".key_pair", certificate.getName(), e.sentence());
          }
        }
        case SOURCE_NOT_SET -> {}
      }
    }
    return names;
  }
}
