package io.viking.cli.door;

/**
 * What can be refused or warned of, each by itself: the keys of {@code spec.rules} of a DoorPolicy.
 * Which of them have an effect depends on the pool.
 */
public enum DoorRule {
  PRIVILEGED("privileged", "securityContext.privileged, and procMount: Unmasked"),
  HOST_NAMESPACES("hostNamespaces", "hostNetwork, hostPID and hostIPC"),
  HOST_PORT("hostPort", "ports of a host"),
  HOST_PATH("hostPath", "volumes that are a directory of a host"),
  VOLUMES("volumes", "volumes of other kinds that the pool does not have"),
  BLOCK_DEVICES("blockDevices", "volumeDevices: volumes without a file system"),
  NODE_PROFILES("nodeProfiles", "seccomp and AppArmor profiles that lie on a node"),
  OPERATING_SYSTEM("operatingSystem", "Windows"),
  ARCHITECTURE("architecture", "a node selector for a CPU that the pool does not have"),
  RUNTIME_CLASS("runtimeClass", "runtimeClassName"),
  RESOURCE_CLAIMS("resourceClaims", "dynamic resource allocation"),
  SCHEDULING_GROUP("schedulingGroup", "groups of pods that are to start together"),
  CONTAINER_COUNT("containerCount", "more containers than an instance can have"),
  CONTAINER_RESTART("containerRestart", "restart rules of single containers, but for sidecars"),
  PROBES("probes", "liveness, readiness and startup probes, where the pool runs none"),
  LIFECYCLE_HOOKS("lifecycleHooks", "postStart and preStop, where the pool runs none"),
  FILE_ENV("fileEnv", "variables that are read from a file of the pod"),
  EPHEMERAL_CONTAINERS(
      "ephemeralContainers", "containers added to a running pod, where the pool adds none"),
  RESIZE("resize", "other resources for a running pod"),
  ANNOTATIONS("annotations", "annotations of the cloud whose value is malformed"),
  DAEMON_SETS("daemonSets", "DaemonSets; not in a hybrid cluster"),
  NODE_PORT("nodePort", "Services of type NodePort; not in a hybrid cluster");

  private final String key;
  private final String meaning;

  DoorRule(String key, String meaning) {
    this.key = key;
    this.meaning = meaning;
  }

  /** Its name in a DoorPolicy. */
  public String key() {
    return key;
  }

  /** What it is about, one clause for people. */
  public String meaning() {
    return meaning;
  }
}
