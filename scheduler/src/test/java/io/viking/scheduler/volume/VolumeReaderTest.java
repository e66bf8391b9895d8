package io.viking.scheduler.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1StorageClass;
import io.kubernetes.client.util.Yaml;
import io.viking.scheduler.testing.Cloud;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From manifests, as the API server has them. */
class VolumeReaderTest {
  @Test
  void claim_bound_isReadWithItsWishes() {
    Claim claim =
        VolumeReader.claim(
            Yaml.loadAs(
                """
                metadata:
                  namespace: shop
                  name: data
                  uid: uid-data
                  annotations:
                    pv.kubernetes.io/bind-completed: "yes"
                    volume.kubernetes.io/selected-node: h
                  ownerReferences: [{apiVersion: v1, kind: Pod, name: web, uid: uid-web, controller: true}]
                spec:
                  accessModes: [ReadWriteOncePod]
                  storageClassName: disk
                  volumeName: pv-1
                  resources: {requests: {storage: 1Gi}}
                  selector: {matchLabels: {tier: fast}}
                status: {phase: Bound}
                """,
                V1PersistentVolumeClaim.class));
    assertThat(claim.key()).isEqualTo(new ClaimKey("shop", "data"));
    assertThat(claim.controller()).isEqualTo("uid-web");
    assertThat(claim.bound()).isTrue();
    assertThat(claim.lost()).isFalse();
    assertThat(claim.forOnePod()).isTrue();
    assertThat(claim.selectedNode()).isEqualTo("h");
    assertThat(claim.storageClass()).isEqualTo("disk");
    assertThat(claim.wish().size()).isEqualByComparingTo(BigDecimal.valueOf(1L << 30));
    assertThat(claim.wish().labels().test(Map.of("tier", "fast"))).isTrue();
    assertThat(claim.wish().labels().test(Map.of())).isFalse();
  }

  @Test
  void claim_thatNamesAVolumeAlone_isNotBound() {
    Claim claim =
        VolumeReader.claim(Yaml.loadAs("spec: {volumeName: pv-1}", V1PersistentVolumeClaim.class));
    assertThat(claim.bound()).isFalse();
    assertThat(claim.volume()).isEqualTo("pv-1");
    assertThat(claim.wish().labels().test(Map.of())).as("no selector").isTrue();
  }

  @Test
  void volume_withNodeAffinity_reachesItsZoneAlone() {
    Volume volume =
        VolumeReader.volume(
            Yaml.loadAs(
                """
                metadata: {name: pv-1, uid: uid-pv, resourceVersion: "7"}
                spec:
                  capacity: {storage: 20Gi}
                  accessModes: [ReadWriteOnce]
                  storageClassName: disk
                  claimRef: {namespace: shop, name: data, uid: uid-data}
                  nodeAffinity:
                    required:
                      nodeSelectorTerms:
                      - matchExpressions:
                        - {key: topology.kubernetes.io/zone, operator: In, values: [i]}
                status: {phase: Bound}
                """,
                V1PersistentVolume.class));
    assertThat(volume.reaches("i", Cloud.labels("i"))).isTrue();
    assertThat(volume.reaches("h", Cloud.labels("h"))).isFalse();
    assertThat(volume.holder())
        .isEqualTo(Optional.of(new Volume.Holder(new ClaimKey("shop", "data"), "uid-data")));
    assertThat(volume.free()).isFalse();
    assertThat(volume.accessModes()).isEqualTo(Set.of("ReadWriteOnce"));
    assertThat(volume.mode()).isEqualTo("Filesystem");
  }

  @Test
  void volume_withOldZoneLabels_reachesThoseZones() {
    Volume volume =
        VolumeReader.volume(
            Yaml.loadAs(
                """
                metadata:
                  name: pv-1
                  labels: {failure-domain.beta.kubernetes.io/zone: h__i, team: a}
                spec: {}
                status: {phase: Available}
                """,
                V1PersistentVolume.class));
    assertThat(volume.reaches("i", Cloud.labels("i"))).isTrue();
    assertThat(volume.reaches("j", Cloud.labels("j"))).isFalse();
    assertThat(volume.free()).isTrue();
  }

  @Test
  void storageClass_modesAndTopologies() {
    VolumeClass storage =
        VolumeReader.storageClass(
            Yaml.loadAs(
                """
                metadata: {name: disk}
                provisioner: toy
                volumeBindingMode: WaitForFirstConsumer
                allowedTopologies:
                - matchLabelExpressions:
                  - {key: topology.kubernetes.io/zone, values: [h, j]}
                """,
                V1StorageClass.class));
    assertThat(storage.waits()).isTrue();
    assertThat(storage.canMakeOneFor("j", Cloud.labels("j"))).isTrue();
    assertThat(storage.canMakeOneFor("i", Cloud.labels("i"))).isFalse();
    VolumeClass local =
        VolumeReader.storageClass(
            Yaml.loadAs(
                "{metadata: {name: local}, provisioner: kubernetes.io/no-provisioner}",
                V1StorageClass.class));
    assertThat(local.waits()).as("Immediate is the default").isFalse();
    assertThat(local.canMakeOneFor("h", Cloud.labels("h"))).isFalse();
  }
}
