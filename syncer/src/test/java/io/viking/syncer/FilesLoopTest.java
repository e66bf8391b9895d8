package io.viking.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;
import io.viking.syncer.pods.lifecycle.PodRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilesLoopTest {
  private static final PodRef WEB = new PodRef("default", "web", "1");

  @Test
  void podThatMountsNothing_isOfNoInterest() {
    assertThat(FilesLoop.mayReferToSomething(WEB, Optional.of(bare("1")))).isFalse();
  }

  @Test
  void podThatMountsASecret_isFollowed() {
    V1Pod pod = bare("1");
    pod.getSpec()
        .addVolumesItem(
            new V1Volume().name("key").secret(new V1SecretVolumeSource().secretName("key")));
    assertThat(FilesLoop.mayReferToSomething(WEB, Optional.of(pod))).isTrue();
  }

  @Test
  void podThatIsNotKnown_orWhoseNameAnotherHas_mayMountSomething() {
    assertThat(FilesLoop.mayReferToSomething(WEB, Optional.empty())).isTrue();
    assertThat(FilesLoop.mayReferToSomething(WEB, Optional.of(bare("2")))).isTrue();
  }

  private static V1Pod bare(String uid) {
    return new V1Pod()
        .metadata(new V1ObjectMeta().namespace("default").name("web").uid(uid))
        .spec(new V1PodSpec().addContainersItem(new V1Container().name("app").image("nginx")));
  }
}
