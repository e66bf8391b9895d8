package io.viking.adapter.kit.contract;

import static io.viking.adapter.kit.contract.TestLoadBalancers.add;
import static io.viking.adapter.kit.contract.TestLoadBalancers.backend;
import static io.viking.adapter.kit.contract.TestLoadBalancers.brought;
import static io.viking.adapter.kit.contract.TestLoadBalancers.newRef;
import static io.viking.adapter.kit.contract.TestLoadBalancers.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.kit.contract.AdapterUnderTest.NetworkByHand;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Load balancers and listeners that somebody made by hand: used as allowed, else left alone. */
public abstract class ForeignLoadBalancerContract extends LoadBalancerTopic {
  @Test
  void brought_takesOurListeners_besideForeignOnes() {
    withBrought(
        id -> {
          byHand().addListener(id, 22);
          TestLoadBalancers ours = newLoadBalancers();

          LoadBalancer seen = ours.active(spec(brought(id), 80));
          ours.changed(brought(id), add(TestLoadBalancers.GROUP, backend("10.0.0.7", 100)));

          assertThat(seen.getCloudId()).isEqualTo(id);
          assertThat(seen.getListenersList()).extracting(Listener::getPort).containsExactly(80);
          assertThat(ours.list(0)).extracting(LoadBalancer::getCloudId).containsExactly(id);
          assertThat(byHand().ports(id)).containsExactlyInAnyOrder(22, 80);
        });
  }

  @Test
  void foreignListenerOnOurPort_isLeft_unlessItMayBeOverridden() {
    withBrought(
        id -> {
          byHand().addListener(id, 80);
          TestLoadBalancers ours = newLoadBalancers();

          assertThat(failure(() -> ours.declare(spec(brought(id), 80))).reason())
              .isEqualTo(ErrorReason.ERROR_REASON_FOREIGN);
          assertThat(ours.list(0)).as("what was refused").isEmpty();

          LoadBalancer taken =
              ours.active(spec(brought(id), 80).toBuilder().setOverrideListeners(true).build());
          assertThat(taken.getListenersList()).hasSize(1);
          assertThat(byHand().ports(id)).containsExactly(80);
        });
  }

  @Test
  void deleted_brought_losesWhatIsOurs_andStays() {
    withBrought(
        id -> {
          byHand().addListener(id, 22);
          TestLoadBalancers ours = newLoadBalancers();
          ours.active(spec(brought(id), 80));

          ours.delete(brought(id));

          assertThat(ours.list(0)).isEmpty();
          assertThat(byHand().ports(id)).containsExactly(22);
        });
  }

  @Test
  void broughtThatIsNotThere_isNotFound() {
    TestLoadBalancers ours = newLoadBalancers();

    assertThat(failure(() -> ours.declare(spec(brought("lb-nowhere"), 80))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
  }

  @Test
  void madeForAnObject_cannotBeBrought() {
    TestLoadBalancers ours = newLoadBalancers();
    String id = ours.active(spec(newRef(), 80)).getCloudId();

    assertThat(failure(() -> newLoadBalancers().declare(spec(brought(id), 81))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_FOREIGN);
  }

  @Test
  void removedBehindOurBack_isMadeAgain() {
    NetworkByHand byHand = byHand();
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = newRef();
    String first = ours.active(spec(ref, 80)).getCloudId();

    byHand.removeLoadBalancer(first);

    assertThat(ours.find(ref)).isEmpty();
    assertThat(ours.active(spec(ref, 80)).getCloudId()).isNotEqualTo(first);
  }

  private void withBrought(Consumer<String> test) {
    String id = byHand().makeLoadBalancer("by-hand");
    try {
      test.accept(id);
    } finally {
      byHand().removeLoadBalancer(id);
    }
  }

  private NetworkByHand byHand() {
    return needs(adapter().networkByHand(), "make load balancers by hand");
  }
}
