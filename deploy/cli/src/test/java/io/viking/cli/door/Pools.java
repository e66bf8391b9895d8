package io.viking.cli.door;

import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.Limits;

/** Pools as adapters describe them. */
final class Pools {
  private Pools() {}

  /** Can nothing but what every pool can, and has no bounds. */
  static GetInfoResponse bare() {
    return GetInfoResponse.getDefaultInstance();
  }

  /** Can all that the contract speaks of. */
  static GetInfoResponse able() {
    return GetInfoResponse.newBuilder()
        .setCapabilities(
            Capabilities.newBuilder()
                .setProbes(true)
                .setLifecycleHooks(true)
                .setPrivileged(true)
                .setEphemeralContainers(true)
                .addVolumeSources("emptyDir")
                .addVolumeSources("nfs")
                .addPersistentVolumeSources("csi")
                .addArchitectures("amd64")
                .addArchitectures("arm64"))
        .setLimits(Limits.newBuilder().setContainersPerInstance(20))
        .build();
  }
}
