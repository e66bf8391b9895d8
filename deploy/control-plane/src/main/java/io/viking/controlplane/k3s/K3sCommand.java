package io.viking.controlplane.k3s;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code docker run} of a k3s server that is an API and nothing else: no agent, no scheduler,
 * no packaged add-ons. It shares the host's network, so that it and the kubelet API reach each
 * other on loopback, and stays in the foreground: the {@code docker} command is supervised like any
 * component and passes SIGTERM on.
 *
 * @param data folder that k3s writes to, on the host
 * @param version of Kubernetes, such as {@code v1.36.3}
 */
record K3sCommand(Path docker, String container, Path data, String version, int apiPort) {
  private static final String DATA = "/var/lib/rancher/k3s";
  private static final String OUTPUT = "/output";

  String image() {
    return "rancher/k3s:" + version + "-k3s1";
  }

  /** Where k3s writes the administrator's kubeconfig, on the host. */
  Path kubeconfig() {
    return data.resolve("output/kubeconfig.yaml");
  }

  List<String> run() {
    return Stream.of(engine(), server(), apiServer(), controllerManager())
        .flatMap(List::stream)
        .toList();
  }

  private List<String> engine() {
    return List.of(
        docker.toString(),
        "run",
        "--rm",
        "--name=" + container,
        "--network=host",
        "--volume=" + data.resolve("data") + ":" + DATA,
        "--volume=" + data.resolve("output") + ":" + OUTPUT,
        image());
  }

  private List<String> server() {
    return List.of(
        "server",
        "--disable-agent",
        "--disable-scheduler",
        "--disable-cloud-controller",
        "--disable-kube-proxy",
        "--disable-network-policy",
        "--disable-helm-controller",
        "--disable=coredns,local-storage,metrics-server,servicelb,traefik",
        "--flannel-backend=none",
        // There is no agent to tunnel through; the API server dials the zone nodes itself.
        "--egress-selector-mode=disabled",
        "--bind-address=127.0.0.1",
        "--https-listen-port=" + apiPort,
        "--tls-san=127.0.0.1",
        "--tls-san=localhost",
        "--service-cidr=10.96.0.0/16",
        "--data-dir=" + DATA,
        "--write-kubeconfig=" + OUTPUT + "/kubeconfig.yaml",
        // Readable for the user who runs us: its folder is theirs alone.
        "--write-kubeconfig-mode=0644");
  }

  private static List<String> apiServer() {
    return Stream.of(
            "kubelet-preferred-address-types=InternalIP",
            "max-requests-inflight=4000",
            "max-mutating-requests-inflight=2000")
        .map(argument -> "--kube-apiserver-arg=" + argument)
        .toList();
  }

  private static List<String> controllerManager() {
    return Stream.of(
            "kube-api-qps=2000",
            "kube-api-burst=4000",
            "concurrent-deployment-syncs=20",
            "concurrent-replicaset-syncs=50",
            "concurrent-statefulset-syncs=20",
            "concurrent-job-syncs=30",
            "concurrent-service-endpoint-syncs=20")
        .map(argument -> "--kube-controller-manager-arg=" + argument)
        .toList();
  }

  /** Asks the API server whether it is ready, from inside. */
  List<String> readiness() {
    return List.of("exec", container, "k3s", "kubectl", "get", "--raw=/readyz");
  }

  /** The kubectl inside, with its standard input open. */
  List<String> kubectl() {
    return List.of(docker.toString(), "exec", "--interactive", container, "k3s", "kubectl");
  }

  /** Removes a container of that name that an earlier run left. */
  List<String> remove() {
    return List.of("rm", "--force", container);
  }
}
