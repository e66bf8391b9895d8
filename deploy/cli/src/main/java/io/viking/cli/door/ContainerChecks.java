package io.viking.cli.door;

import static io.viking.cli.door.DoorRule.BLOCK_DEVICES;
import static io.viking.cli.door.DoorRule.CONTAINER_RESTART;
import static io.viking.cli.door.DoorRule.FILE_ENV;
import static io.viking.cli.door.DoorRule.HOST_PORT;
import static io.viking.cli.door.DoorRule.LIFECYCLE_HOOKS;
import static io.viking.cli.door.DoorRule.PRIVILEGED;
import static io.viking.cli.door.DoorRule.PROBES;

import io.viking.cloud.v1.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What containers cannot have. Pure. */
final class ContainerChecks {
  private ContainerChecks() {}

  static List<Check> of(Capabilities can) {
    List<Check> checks = new ArrayList<>();
    if (!can.getPrivileged()) {
      checks.addAll(privileged());
    }
    checks.add(
        new Check(
            HOST_PORT,
            new Place.EachItem("ports"),
            ".hostPort",
            i -> i + ".?hostPort.orValue(0) != 0",
            "a pod has no host whose port it could take; leave it out and use containerPort: the"
                + " pod has an address of its own"));
    checks.add(
        new Check(
            BLOCK_DEVICES,
            Place.CONTAINERS,
            ".volumeDevices",
            c -> Cel.items(c, "volumeDevices") + ".size() > 0",
            "block devices cannot be had here; use volumeMounts, and a claim with volumeMode"
                + " Filesystem"));
    checks.addAll(restart());
    checks.add(
        new Check(
            FILE_ENV,
            new Place.EachItem("env"),
            ".valueFrom.fileKeyRef",
            i -> i + ".?valueFrom.?fileKeyRef.hasValue()",
            "not supported here; use configMapKeyRef or secretKeyRef"));
    if (!can.getProbes()) {
      for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
        checks.add(
            present(
                PROBES,
                probe,
                "the pool runs no probes; leave it out: a container that runs counts as ready"));
      }
    }
    if (!can.getLifecycleHooks()) {
      for (String hook : List.of("postStart", "preStop")) {
        checks.add(
            new Check(
                    LIFECYCLE_HOOKS,
                    Place.CONTAINERS,
                    ".lifecycle." + hook,
                    c -> c + ".?lifecycle.?" + hook + ".hasValue()",
                    "the pool runs no hooks; act in the container's own command, and on SIGTERM")
                .as(hook));
      }
    }
    return checks;
  }

  private static List<Check> privileged() {
    return List.of(
        new Check(
            PRIVILEGED,
            Place.CONTAINERS,
            ".securityContext.privileged",
            c -> c + ".?securityContext.?privileged.orValue(false)",
            "the pool runs no privileged containers; add the capabilities that are needed"
                + " (securityContext.capabilities.add)"),
        new Check(
                PRIVILEGED,
                Place.CONTAINERS,
                ".securityContext.procMount",
                c -> c + ".?securityContext.?procMount.orValue('Default') != 'Default'",
                "the pool masks /proc in every container; leave it out")
            .as("procMount"));
  }

  /** The pod's own policy is the pool's; of single containers it knows sidecars alone. */
  private static List<Check> restart() {
    String says =
        "of single containers only sidecars are restarted by a policy of their own"
            + " (initContainers with Always); use the pod's restartPolicy";
    return List.of(
        new Check(
            CONTAINER_RESTART,
            new Place.EachContainer(Set.of(ContainerList.CONTAINERS)),
            ".restartPolicy",
            c -> c + ".?restartPolicy.orValue('') != ''",
            says),
        new Check(
                CONTAINER_RESTART,
                new Place.EachContainer(Set.of(ContainerList.INIT_CONTAINERS)),
                ".restartPolicy",
                c -> "!(" + c + ".?restartPolicy.orValue('') in ['', 'Always'])",
                says)
            .as("initRestart"),
        new Check(
                CONTAINER_RESTART,
                Place.CONTAINERS,
                ".restartPolicyRules",
                c -> Cel.items(c, "restartPolicyRules") + ".size() > 0",
                says)
            .as("restartRules"));
  }

  private static Check present(DoorRule rule, String field, String says) {
    return new Check(
            rule, Place.CONTAINERS, "." + field, c -> c + ".?" + field + ".hasValue()", says)
        .as(field);
  }
}
