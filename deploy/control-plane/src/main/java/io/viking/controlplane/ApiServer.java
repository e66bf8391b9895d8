package io.viking.controlplane;

import java.net.URI;
import java.nio.file.Path;

/**
 * A running Kubernetes API and what its clients need.
 *
 * @param mode how it was obtained
 * @param server the address that clients on this machine use
 * @param version of Kubernetes, such as {@code v1.36.3}; {@code unknown} for a cluster that is not
 *     ours
 * @param adminKubeconfig the user's: cluster administrator
 * @param loops viking's own processes'
 * @param kubelet where and with which certificate the kubelet API of the zone nodes is served
 */
public record ApiServer(
    ControlPlaneMode mode,
    URI server,
    String version,
    Path adminKubeconfig,
    LoopKubeconfigs loops,
    KubeletEndpoint kubelet) {}
