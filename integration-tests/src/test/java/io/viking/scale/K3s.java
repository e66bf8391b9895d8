package io.viking.scale;

import io.viking.controlplane.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * An API server in Docker and nothing else: no agent, no scheduler, no add-ons, as {@code viking up
 * --control-plane=k3s} runs it. Not yet tried against an engine.
 */
final class K3s implements AutoCloseable {
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

  private final K3sContainer container;

  private K3s(K3sContainer container) {
    this.container = container;
  }

  static boolean isPossible() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  /** Pulls the image the first time. */
  static K3s start() {
    String image = "rancher/k3s:" + Versions.bundled().kubernetes() + "-k3s1";
    K3sContainer container =
        new K3sContainer(DockerImageName.parse(image))
            .withCommand(
                "server",
                "--disable-agent",
                "--disable-scheduler",
                "--disable-cloud-controller",
                "--disable-kube-proxy",
                "--disable-network-policy",
                "--disable-helm-controller",
                "--disable=coredns,local-storage,metrics-server,servicelb,traefik",
                "--flannel-backend=none",
                "--egress-selector-mode=disabled",
                "--tls-san=" + DockerClientFactory.instance().dockerHostIpAddress(),
                "--kube-apiserver-arg=max-requests-inflight=4000",
                "--kube-apiserver-arg=max-mutating-requests-inflight=2000",
                "--kube-controller-manager-arg=kube-api-qps=2000",
                "--kube-controller-manager-arg=kube-api-burst=4000",
                "--kube-controller-manager-arg=concurrent-deployment-syncs=20",
                "--kube-controller-manager-arg=concurrent-replicaset-syncs=50")
            // The usual sign is that of a node, and there is none.
            .waitingFor(
                Wait.forLogMessage(".*Wrote kubeconfig.*\\n", 1).withStartupTimeout(STARTS_WITHIN));
    container.start();
    return new K3s(container);
  }

  /** Writes the administrator's kubeconfig into a file there. */
  Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(directory.resolve("k3s.yaml"), container.getKubeConfigYaml());
  }

  @Override
  public void close() {
    container.stop();
  }
}
