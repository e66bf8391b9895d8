package io.viking.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.loop.SchedulerEffect;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.testing.Disk;
import org.junit.jupiter.api.Test;

class ClaimCallsTest {
  private static final PodRef POD = new PodRef("shop", "web", "uid-1");

  @Test
  void selection_isOfTheClaimAsItWasSeen() {
    assertThat(
            ClaimCalls.selection(
                new SchedulerEffect.SelectNode(POD, Disk.key("data"), "uid-data", "7", "h")))
        .isEqualTo(
            """
            {"metadata":{"uid":"uid-data","resourceVersion":"7",\
            "annotations":{"volume.kubernetes.io/selected-node":"h"}}}""");
  }

  @Test
  void reservation_isOfTheVolumeAsItWasSeen() {
    assertThat(
            ClaimCalls.reservation(
                new SchedulerEffect.KeepVolume(
                    POD, Disk.key("data"), "uid-data", Disk.free("pv", "i", 10))))
        .isEqualTo(
            """
            {"metadata":{"uid":"uid-pv","resourceVersion":"1",\
            "annotations":{"pv.kubernetes.io/bound-by-controller":"yes"}},\
            "spec":{"claimRef":{"apiVersion":"v1","kind":"PersistentVolumeClaim",\
            "namespace":"shop","name":"data","uid":"uid-data"}}}""");
  }
}
