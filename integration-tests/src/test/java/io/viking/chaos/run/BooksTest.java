package io.viking.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Instance;
import java.util.List;
import org.junit.jupiter.api.Test;

class BooksTest {
  @Test
  void oneToOne_addsUp() {
    assertThat(new Books(List.of(pod("a", "Running")), List.of(instance("a"))).differences())
        .isEmpty();
    assertThat(new Books(List.of(pod("a", "Succeeded")), List.of()).differences()).isEmpty();
  }

  @Test
  void leak_isADifference() {
    assertThat(new Books(List.of(), List.of(instance("a"))).differences())
        .containsExactly("a: instance i-a without a pod");
    assertThat(new Books(List.of(pod("a", "Succeeded")), List.of(instance("a"))).differences())
        .containsExactly("a: instance i-a without a pod");
  }

  @Test
  void lostInstance_isADifference() {
    assertThat(new Books(List.of(pod("a", "Running")), List.of()).differences())
        .containsExactly("a: pod ns/a is Running without an instance");
  }

  @Test
  void twoInstances_areADifference() {
    assertThat(
            new Books(List.of(pod("a", "Running")), List.of(instance("a"), instance("a")))
                .differences())
        .containsExactly("a: two instances in the list");
  }

  private static PodSeen pod(String uid, String phase) {
    return new PodSeen(uid, "ns", uid, phase, true, false, "i-" + uid, "1");
  }

  private static Instance instance(String uid) {
    return Instance.newBuilder().setUid(uid).setInstanceId("i-" + uid).build();
  }
}
