package io.viking.syncer.pods.lifecycle;

import static io.viking.syncer.pods.lifecycle.Lives.deleted;
import static io.viking.syncer.pods.lifecycle.Lives.phase;
import static io.viking.syncer.pods.lifecycle.Lives.pod;
import static io.viking.syncer.pods.lifecycle.Lives.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A blanket-tolerant DaemonSet's pod that another scheduler put on a zone of a hybrid cluster. */
class DaemonSetPodTest {
  private static Lives bound() {
    return Lives.unknown().hears(seen(ofDaemonSet(pod())));
  }

  @Test
  void bound_getsNoInstance_staysPending_andIsToldWhyOnce() {
    Lives pod = bound();
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.tells)
        .singleElement()
        .satisfies(
            tell -> {
              assertThat(tell.warning()).isTrue();
              assertThat(tell.reason()).isEqualTo("DaemonSetPod");
              assertThat(tell.message()).contains("node-role.kubernetes.io/zone DoesNotExist");
            });

    pod.hears(seen(ofDaemonSet(pod()))).after(Duration.ofHours(1));
    assertThat(pod.wants()).isEmpty();
    assertThat(pod.tells).hasSize(1);
  }

  @Test
  void deleted_isLetGo() {
    Lives pod = bound();
    pod.hears(seen(ofDaemonSet(deleted(pod(), pod.now().plusSeconds(30), 30))));
    assertThat(pod.wants()).containsExactly(Work.REMOVE);
  }

  @Test
  void ended_isLeftAsItIs() {
    Lives pod = bound();
    pod.hears(seen(ofDaemonSet(phase(pod(), "Failed"))));
    assertThat(pod.wants()).isEmpty();
  }

  private static V1Pod ofDaemonSet(V1Pod pod) {
    pod.getMetadata()
        .addOwnerReferencesItem(
            new V1OwnerReference().kind("DaemonSet").name("agent").controller(true));
    return pod;
  }
}
