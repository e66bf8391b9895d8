package io.viking.syncer.pods.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerWaiting;
import io.viking.cloud.v1.Instance;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerTroubleTest {
  @Test
  void imageThatCannotBePulled_isToldAsTheKubeletDoes() {
    assertThat(ContainerTrouble.news(Optional.empty(), waiting("ErrImagePull", "no such image")))
        .containsExactly(
            Tell.warning("Failed", "Failed to pull image \"nginx:typo\": no such image"),
            Tell.warning("Failed", "Error: ErrImagePull"));
  }

  @Test
  void sameTrouble_isNotToldAgain_andTheNextIs() {
    Instance failed = waiting("ErrImagePull", "no such image");

    assertThat(ContainerTrouble.news(Optional.of(failed), failed)).isEmpty();
    assertThat(ContainerTrouble.news(Optional.of(failed), waiting("ImagePullBackOff", "later")))
        .containsExactly(Tell.warning("BackOff", "Back-off pulling image \"nginx:typo\""));
  }

  @Test
  void containerThatDoesNotStayUp_isTold() {
    assertThat(ContainerTrouble.news(Optional.empty(), waiting("CrashLoopBackOff", "")))
        .containsExactly(
            Tell.warning("BackOff", "Back-off restarting failed container main in pod web-0"));
  }

  @Test
  void startingAndRunning_isNoTrouble() {
    assertThat(ContainerTrouble.news(Optional.empty(), waiting("ContainerCreating", ""))).isEmpty();
    assertThat(
            ContainerTrouble.news(
                Optional.empty(),
                instance(
                    ContainerStatus.newBuilder()
                        .setName("main")
                        .setRunning(ContainerRunning.getDefaultInstance()))))
        .isEmpty();
  }

  private static Instance waiting(String reason, String message) {
    return instance(
        ContainerStatus.newBuilder()
            .setName("main")
            .setImage("nginx:typo")
            .setWaiting(ContainerWaiting.newBuilder().setReason(reason).setMessage(message)));
  }

  private static Instance instance(ContainerStatus.Builder container) {
    return Instance.newBuilder().setName("web-0").addContainers(container).build();
  }
}
