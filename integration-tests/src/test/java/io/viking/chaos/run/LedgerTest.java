package io.viking.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.Instance;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule sees its breach, and nothing where there is none. */
class LedgerTest {
  private final Ledger ledger = new Ledger(InstantSource.system());

  @Test
  void ordinaryLife_isNoBreach() {
    ledger.pod(pod("Pending", ""));
    ledger.instance(instance("i-1", 1));
    ledger.pod(pod("Running", "i-1"));
    ledger.instance(ended("i-1", 1));
    ledger.instanceGone(instance("i-1", 1));
    ledger.podGone(pod("Running", "i-1"));

    assertThat(ledger.breaches()).isEmpty();
  }

  @Test
  void secondAttempt_beforeThePodRan_isNoBreach() {
    ledger.instance(instance("i-1", 1));
    ledger.instance(ended("i-1", 1));
    ledger.instance(instance("i-2", 2));
    ledger.pod(pod("Running", "i-2"));

    assertThat(ledger.breaches()).isEmpty();
  }

  @Test
  void twoLivingInstances_areABreach() {
    ledger.instance(instance("i-1", 1));
    ledger.instance(instance("i-2", 2));

    assertThat(ledger.breaches()).containsExactly("u: two instances live: i-1 and i-2");
  }

  @Test
  void instanceAfterThePodRan_isABreach_inEitherOrder() {
    ledger.instance(instance("i-1", 1));
    ledger.instance(ended("i-1", 1));
    ledger.instance(instance("i-2", 2));
    ledger.pod(pod("Running", "i-1"));

    assertThat(ledger.breaches())
        .containsExactly("u: the pod was Running in i-1, and i-2 was bought for it");
  }

  @Test
  void otherInstanceInTheAnnotation_isABreach() {
    ledger.pod(pod("Running", "i-1"));
    ledger.pod(pod("Running", "i-2"));

    assertThat(ledger.breaches()).containsExactly("u: the pod was Running in i-1, and is in i-2");
  }

  @Test
  void phaseThatGoesBack_isABreach() {
    ledger.pod(pod("Running", "i-1"));
    ledger.pod(pod("Pending", "i-1"));

    assertThat(ledger.breaches()).containsExactly("u: the pod went from Running back to Pending");
  }

  @Test
  void failure_isABreach_unlessThePodIsBeingDeleted() {
    ledger.pod(new PodSeen("d", "ns", "p", "Failed", false, true, "", "1"));
    assertThat(ledger.breaches()).isEmpty();

    ledger.pod(pod("Failed", "i-1"));
    assertThat(ledger.breaches()).containsExactly("u: the pod failed, and nobody deletes it");
  }

  @Test
  void list_tellsWhatWentUnseen() {
    ledger.instance(instance("i-1", 1));

    ledger.instancesListed(List.of());
    ledger.instance(instance("i-2", 2));

    assertThat(ledger.breaches()).isEmpty();
    assertThat(ledger.story("u")).contains("instance i-1 gone");
  }

  private static PodSeen pod(String phase, String instance) {
    return new PodSeen("u", "ns", "p", phase, phase.equals("Running"), false, instance, "1");
  }

  private static Instance instance(String id, int attempt) {
    return Instance.newBuilder().setUid("u").setInstanceId(id).setAttempt(attempt).build();
  }

  private static Instance ended(String id, int attempt) {
    return instance(id, attempt).toBuilder()
        .setEndTime(Timestamp.newBuilder().setSeconds(1))
        .build();
  }
}
