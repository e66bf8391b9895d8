package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Volume;
import io.viking.kube.annotations.PlacementAnnotations;
import java.util.ArrayList;
import java.util.List;

/** What a pod claims beside CPU and memory: volumes, and devices, of which there are none. */
final class ClaimReader {
  private ClaimReader() {}

  /** The claim of a generic ephemeral volume is named after pod and volume, and the pod's own. */
  static List<ClaimUse> claims(V1Pod pod, V1PodSpec spec) {
    var claims = new ArrayList<ClaimUse>();
    for (V1Volume volume : Absent.list(spec.getVolumes())) {
      var claim = volume.getPersistentVolumeClaim();
      if (claim != null) {
        claims.add(new ClaimUse(Absent.text(claim.getClaimName()), ""));
      }
      var metadata = pod.getMetadata();
      if (volume.getEphemeral() != null && metadata != null) {
        claims.add(
            new ClaimUse(
                Absent.text(metadata.getName()) + "-" + volume.getName(),
                Absent.text(metadata.getUid())));
      }
    }
    return claims.size() < 2 ? claims : claims.stream().distinct().toList();
  }

  static List<String> flaws(V1PodSpec spec) {
    return Absent.list(spec.getResourceClaims()).isEmpty()
        ? List.of()
        : List.of(
            "spec.resourceClaims: there are no devices to claim; name an instance type by the"
                + " annotation "
                + PlacementAnnotations.USE_SPECS.key());
  }
}
