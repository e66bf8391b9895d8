package io.viking.controlplane.ports;

import java.util.Locale;

/** The ports of a native control plane, all on loopback but the kubelet's. */
public enum PortName {
  API("--api-port"),
  KUBELET("--kubelet-port"),
  ETCD_CLIENT(""),
  ETCD_PEER(""),
  CONTROLLER_MANAGER(""),
  SCHEDULER(""),
  METRICS_SERVER("");

  private final String flag;

  PortName(String flag) {
    this.flag = flag;
  }

  /** The flag that names it; empty if nothing outside depends on it. */
  String flag() {
    return flag;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
