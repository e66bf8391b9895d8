package io.viking.cli.door;

import static io.viking.cli.door.DoorRule.ARCHITECTURE;
import static io.viking.cli.door.DoorRule.CONTAINER_COUNT;
import static io.viking.cli.door.DoorRule.HOST_NAMESPACES;
import static io.viking.cli.door.DoorRule.NODE_PROFILES;
import static io.viking.cli.door.DoorRule.OPERATING_SYSTEM;
import static io.viking.cli.door.DoorRule.RESOURCE_CLAIMS;
import static io.viking.cli.door.DoorRule.RUNTIME_CLASS;
import static io.viking.cli.door.DoorRule.SCHEDULING_GROUP;

import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.GetInfoResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the spec of a pod cannot have, as the pool is. Pure. */
final class PodChecks {
  private static final Place SPEC = new Place.Spec();

  private static final Map<String, String> HOST_NAMESPACES_OF_A_POD =
      Map.of(
          "hostIPC", "use an emptyDir or the network between pods",
          "hostNetwork", "leave it out: the pod has an address of its own",
          "hostPID", "use shareProcessNamespace within the pod");

  private PodChecks() {}

  /** All, in the order in which they are told. */
  static List<Check> of(GetInfoResponse info) {
    Capabilities can = info.getCapabilities();
    List<Check> checks = new ArrayList<>();
    HOST_NAMESPACES_OF_A_POD.keySet().stream()
        .sorted()
        .forEach(field -> checks.add(hostNamespace(field)));
    checks.addAll(ContainerChecks.of(can));
    checks.addAll(VolumeChecks.of(can));
    checks.addAll(nodeProfiles());
    checks.addAll(windows());
    if (can.getArchitecturesCount() > 0) {
      checks.add(architecture(can.getArchitecturesList()));
    }
    checks.add(
        present(
            RUNTIME_CLASS,
            "runtimeClassName",
            "every pod here has a kernel of its own, and there is no other runtime; leave it out"));
    checks.add(
        new Check(
            RESOURCE_CLAIMS,
            SPEC,
            ".resourceClaims",
            s -> Cel.items(s, "resourceClaims") + ".size() > 0",
            "no driver allocates devices here; ask for GPUs by the limit nvidia.com/gpu or the"
                + " annotation k8s.aliyun.com/eci-use-specs"));
    checks.add(
        new Check(
            SCHEDULING_GROUP,
            SPEC,
            ".schedulingGroup",
            s -> s + ".?schedulingGroup.hasValue()",
            "pods are not scheduled in groups here; leave it out"));
    int most = info.getLimits().getContainersPerInstance();
    if (most > 0) {
      checks.add(containerCount(most));
    }
    return List.copyOf(checks);
  }

  private static Check hostNamespace(String field) {
    return new Check(
            HOST_NAMESPACES,
            SPEC,
            "." + field,
            s -> s + ".?" + field + ".orValue(false)",
            "a pod shares no host here; " + HOST_NAMESPACES_OF_A_POD.get(field))
        .as(field);
  }

  private static Check present(DoorRule rule, String field, String says) {
    return new Check(rule, SPEC, "." + field, s -> s + ".?" + field + ".orValue('') != ''", says);
  }

  private static List<Check> nodeProfiles() {
    String says =
        "the profile would have to lie on a node, and there is none; use type RuntimeDefault";
    List<Check> checks = new ArrayList<>();
    for (String kind : List.of("seccompProfile", "appArmorProfile")) {
      String path = ".securityContext." + kind + ".type";
      checks.add(
          new Check(NODE_PROFILES, SPEC, path, s -> localhost(s, kind), says).as(kind + "OfPod"));
      checks.add(
          new Check(NODE_PROFILES, Place.CONTAINERS, path, c -> localhost(c, kind), says).as(kind));
    }
    return checks;
  }

  private static String localhost(String subject, String kind) {
    return subject + ".?securityContext.?" + kind + ".?type.orValue('') == 'Localhost'";
  }

  private static List<Check> windows() {
    String says = "the pool runs Linux only; use an image for Linux, and leave this out";
    String options = ".?securityContext.?windowsOptions.hasValue()";
    return List.of(
        new Check(
                OPERATING_SYSTEM,
                SPEC,
                ".os.name",
                s -> s + ".?os.?name.orValue('linux') != 'linux'",
                says)
            .as("os"),
        new Check(
                OPERATING_SYSTEM,
                SPEC,
                ".nodeSelector[kubernetes.io/os]",
                s -> s + ".?nodeSelector[?'kubernetes.io/os'].orValue('linux') != 'linux'",
                says)
            .as("osOfNode"),
        new Check(OPERATING_SYSTEM, SPEC, ".securityContext.windowsOptions", s -> s + options, says)
            .as("windowsOptionsOfPod"),
        new Check(
                OPERATING_SYSTEM,
                Place.CONTAINERS,
                ".securityContext.windowsOptions",
                c -> c + options,
                says)
            .as("windowsOptions"));
  }

  private static Check architecture(List<String> architectures) {
    return new Check(
        ARCHITECTURE,
        SPEC,
        ".nodeSelector[kubernetes.io/arch]",
        s ->
            "!(%s.?nodeSelector[?'kubernetes.io/arch'].orValue(%s) in %s)"
                .formatted(s, Cel.quote(architectures.getFirst()), Cel.list(architectures)),
        "the pool has no such CPU; it has " + String.join(", ", architectures));
  }

  private static Check containerCount(int most) {
    return new Check(
        CONTAINER_COUNT,
        SPEC,
        ".containers",
        s ->
            "%s.size() + %s.size() > %d"
                .formatted(Cel.items(s, "containers"), Cel.items(s, "initContainers"), most),
        "an instance has at most %d containers, init containers included; split the pod"
            .formatted(most));
  }
}
