package io.viking.controlplane.upstream;

import java.nio.file.Path;
import java.util.List;

/** A folder of built binaries. */
public record Binaries(Path folder) {
  public static final String ETCD = "etcd";
  public static final String API_SERVER = "kube-apiserver";
  public static final String CONTROLLER_MANAGER = "kube-controller-manager";
  public static final String KUBECTL = "kubectl";

  /** Of a hybrid cluster only, for the pods of real nodes; and what Viking is compared with. */
  public static final String SCHEDULER = "kube-scheduler";

  /** What pods use, for {@code kubectl top} and autoscalers. */
  public static final String METRICS_SERVER = "metrics-server";

  /** Not of the control plane: what it is compared with. */
  public static final String KWOK = "kwok";

  /** The components in the order of their start, those that a cluster may do without included. */
  public static final List<String> COMPONENTS =
      List.of(ETCD, API_SERVER, CONTROLLER_MANAGER, SCHEDULER, METRICS_SERVER);

  public Path binary(String name) {
    return folder.resolve(name);
  }
}
