package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMapEnvSource;
import io.kubernetes.client.openapi.models.V1ConfigMapKeySelector;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1EnvFromSource;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodReferencesTest {
  @Test
  void pod_withPlainVariablesAlone_refersToNothing() {
    V1Pod pod = pod(new V1PodSpec());
    pod.getSpec().getContainers().getFirst().addEnvItem(new V1EnvVar().name("A").value("b"));
    assertThat(PodReferences.areNone(pod)).isTrue();
    PodReferences references = PodReferences.of(pod);
    assertThat(references.started()).isEmpty();
    assertThat(references.fileVolumes()).isFalse();
  }

  @Test
  void volumes_mayRefer_whateverTheyAre() {
    assertThat(PodReferences.areNone(pod(volume(secret())))).isFalse();
    assertThat(PodReferences.areNone(pod(volume(new V1Volume().name("scratch").emptyDir(empty())))))
        .isFalse();
  }

  @Test
  void variables_ofAnInitContainerToo_mayRefer() {
    var fromKey =
        new V1EnvVar()
            .name("A")
            .valueFrom(
                new V1EnvVarSource()
                    .configMapKeyRef(new V1ConfigMapKeySelector().name("settings").key("a")));
    var init = new V1Container().name("init").addEnvItem(fromKey);
    V1Pod pod = pod(new V1PodSpec().addInitContainersItem(init));
    assertThat(PodReferences.areNone(pod)).isFalse();
    assertThat(PodReferences.of(pod).started())
        .isEqualTo(Set.of(Reference.configMap("default", "settings")));
  }

  @Test
  void wholeEnvironments_mayRefer() {
    V1Pod pod = pod(new V1PodSpec());
    pod.getSpec()
        .getContainers()
        .getFirst()
        .addEnvFromItem(
            new V1EnvFromSource().configMapRef(new V1ConfigMapEnvSource().name("settings")));
    assertThat(PodReferences.areNone(pod)).isFalse();
  }

  private static V1Pod pod(V1PodSpec spec) {
    return new V1Pod()
        .metadata(new V1ObjectMeta().namespace("default").name("web").uid("1"))
        .spec(spec.addContainersItem(new V1Container().name("app").image("nginx")));
  }

  private static V1PodSpec volume(V1Volume volume) {
    return new V1PodSpec().addVolumesItem(volume);
  }

  private static V1Volume secret() {
    return new V1Volume().name("key").secret(new V1SecretVolumeSource().secretName("key"));
  }

  private static V1EmptyDirVolumeSource empty() {
    return new V1EmptyDirVolumeSource();
  }
}
