package io.viking.cli.door;

import static io.viking.cli.door.DoorRule.HOST_PATH;
import static io.viking.cli.door.DoorRule.VOLUMES;

import io.viking.cloud.v1.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which volumes cannot be had. Pure. */
final class VolumeChecks {
  /** What comes as files, and what every pool has. */
  private static final Set<String> ALWAYS =
      Set.of("configMap", "downwardAPI", "emptyDir", "projected", "secret");

  /** What a PersistentVolume stands behind. */
  private static final Set<String> CLAIMS = Set.of("ephemeral", "persistentVolumeClaim");

  private static final String HOST_PATH_SOURCE = "hostPath";

  private VolumeChecks() {}

  static List<Check> of(Capabilities can) {
    Set<String> sources = new TreeSet<>(ALWAYS);
    sources.addAll(can.getVolumeSourcesList());
    if (can.getPersistentVolumeSourcesCount() > 0) {
      sources.addAll(CLAIMS);
    }
    List<Check> checks = new ArrayList<>();
    if (!sources.contains(HOST_PATH_SOURCE)) {
      checks.add(
          new Check(
              HOST_PATH,
              new Place.EachVolume(),
              "." + HOST_PATH_SOURCE,
              v -> "has(" + v + "." + HOST_PATH_SOURCE + ")",
              "a pod has no host whose files it could mount; this pool has "
                  + String.join(", ", sources)));
    }
    // Beside its name a volume has one key, which is its source: one that nobody knows yet, too.
    Set<String> told = new TreeSet<>(sources);
    told.add(HOST_PATH_SOURCE);
    told.add("name");
    checks.add(
        new Check(
            VOLUMES,
            new Place.EachVolume(),
            "",
            v -> "!dyn(" + v + ").all(k, k in " + Cel.list(told) + ")",
            "this pool does not have such volumes; it has " + String.join(", ", sources)));
    for (String source : List.of("clusterTrustBundle", "podCertificate")) {
      checks.add(
          new Check(
                  VOLUMES,
                  new Place.EachProjection(),
                  "." + source,
                  p -> "has(" + p + "." + source + ")",
                  "not supported here; put the certificates in a ConfigMap or Secret")
              .as(source));
    }
    return checks;
  }
}
