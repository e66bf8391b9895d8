package io.viking.scheduler.pod;

import io.kubernetes.client.openapi.models.V1PodSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims whose volume or device decides the zone. Their zone is not read yet, and a binding cannot
 * be undone: so their pods wait and are told why.
 */
final class VolumeFlaws {
  private VolumeFlaws() {}

  static List<String> of(V1PodSpec spec) {
    var flaws = new ArrayList<String>();
    for (var volume : Absent.list(spec.getVolumes())) {
      var claim = volume.getPersistentVolumeClaim();
      if (claim != null) {
        flaws.add(
            "spec.volumes[%s].persistentVolumeClaim %s: volumes that belong to a zone cannot be"
                    .formatted(volume.getName(), claim.getClaimName())
                + " scheduled yet; use nfs, csi or emptyDir");
      }
      if (volume.getEphemeral() != null) {
        flaws.add(
            "spec.volumes[%s].ephemeral: volumes that belong to a zone cannot be scheduled yet; use"
                    .formatted(volume.getName())
                + " nfs, csi or emptyDir");
      }
    }
    if (!Absent.list(spec.getResourceClaims()).isEmpty()) {
      flaws.add(
          "spec.resourceClaims: there are no devices to claim; name an instance type by the"
              + " annotation "
              + CloudWishesReader.TYPES);
    }
    return flaws;
  }
}
