package io.viking.adapter.kit.contract;

import static io.viking.adapter.kit.contract.TestLoadBalancers.add;
import static io.viking.adapter.kit.contract.TestLoadBalancers.backend;
import static io.viking.adapter.kit.contract.TestLoadBalancers.newRef;
import static io.viking.adapter.kit.contract.TestLoadBalancers.remove;
import static io.viking.adapter.kit.contract.TestLoadBalancers.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Failure;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.ServerGroup;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Backends of server groups, by delta. */
public abstract class BackendContract extends LoadBalancerTopic {
  private static final String GROUP = TestLoadBalancers.GROUP;

  @Test
  void added_isThere_andAddedAgainChangesItsWeight() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = made(ours);

    ours.changed(ref, add(GROUP, backend("10.0.0.7", 100)), add(GROUP, backend("10.0.0.8", 100)));
    ours.changed(ref, add(GROUP, backend("10.0.0.7", 0)));

    assertThat(ours.backends(ref, GROUP))
        .containsExactlyInAnyOrder(backend("10.0.0.7", 0), backend("10.0.0.8", 100));
  }

  @Test
  void removed_isGone_andRemovingAgainIsDone() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = made(ours);
    ours.changed(ref, add(GROUP, backend("10.0.0.7", 100)), add(GROUP, backend("10.0.0.8", 100)));

    ours.changed(ref, remove(GROUP, backend("10.0.0.7", 0)));
    ours.changed(ref, remove(GROUP, backend("10.0.0.7", 0)));

    assertThat(ours.backends(ref, GROUP)).containsExactly(backend("10.0.0.8", 100));
  }

  @Test
  void group_isMadeByTheFirstThatIsAdded_andByNoneThatIsRemoved() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = made(ours);

    ours.changed(ref, add("fresh", backend("10.0.0.7", 100)));
    ours.changed(ref, remove("missing", backend("10.0.0.7", 100)));

    assertThat(ours.find(ref).orElseThrow().getServerGroupsList())
        .extracting(ServerGroup::getName)
        .containsExactlyInAnyOrder(GROUP, "fresh");
  }

  @Test
  void batch_answersInOrder_andFailsItemByItem() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = made(ours);

    List<Failure> answers =
        ours.change(
            ref,
            add(GROUP, backend("10.0.0.7", 100)),
            add(GROUP, backend("nowhere", 100)),
            add(GROUP, backend("10.0.0.9", 101)),
            add(GROUP, backend("10.0.0.8", 100)));

    assertThat(answers)
        .extracting(Failure::getReason)
        .containsExactly(
            ErrorReason.ERROR_REASON_UNSPECIFIED,
            ErrorReason.ERROR_REASON_INVALID_SPEC,
            ErrorReason.ERROR_REASON_INVALID_SPEC,
            ErrorReason.ERROR_REASON_UNSPECIFIED);
    assertThat(answers.get(1).getMetadataMap()).containsEntry("value", "nowhere");
    assertThat(ours.backends(ref, GROUP))
        .extracting(Backend::getAddress)
        .containsExactlyInAnyOrder("10.0.0.7", "10.0.0.8");
  }

  @Test
  void batchBeyondTheLimit_isRefusedAsAWhole() {
    int limit = Math.max(1, info().getLimits().getBackendBatchItems());
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = made(ours);
    BackendChange[] most = changes(limit);

    assertThat(failure(() -> ours.change(ref, changes(limit + 1))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(ours.backends(ref, GROUP)).isEmpty();
    ours.changed(ref, most);
    assertThat(ours.backends(ref, GROUP)).hasSize(limit);
  }

  @Test
  void loadBalancerThatIsNotThere_isNotFound() {
    TestLoadBalancers ours = newLoadBalancers();
    TestLoadBalancers other = newLoadBalancers();
    LoadBalancerRef ref = made(other);

    assertThat(failure(() -> ours.change(ref, add(GROUP, backend("10.0.0.7", 100)))).reason())
        .as("another cluster's")
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    assertThat(failure(() -> ours.change(newRef(), add(GROUP, backend("10.0.0.7", 1)))).reason())
        .as("nobody's")
        .isEqualTo(ErrorReason.ERROR_REASON_NOT_FOUND);
    assertThat(other.backends(ref, GROUP)).isEmpty();
  }

  private static LoadBalancerRef made(TestLoadBalancers ours) {
    LoadBalancerRef ref = newRef();
    ours.active(spec(ref, 80));
    return ref;
  }

  private static BackendChange[] changes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> add(GROUP, backend("10.0." + i / 250 + "." + (i % 250 + 1), 100)))
        .toArray(BackendChange[]::new);
  }
}
