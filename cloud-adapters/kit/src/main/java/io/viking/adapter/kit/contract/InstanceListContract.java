package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists: complete, paged, of one revision. */
public abstract class InstanceListContract extends ContractTopic {
  @Test
  void list_ofANewCluster_isEmpty() {
    assertThat(newCluster().list()).isEmpty();
  }

  @Test
  void pages_showEveryInstanceOnce_atTheRevisionOfTheFirst() {
    TestCluster cluster = newCluster();
    List<String> uids = create(cluster, 7);
    List<Instance> seen = new ArrayList<>();
    Set<Long> revisions = new HashSet<>();
    String token = "";
    do {
      ListInstancesResponse page =
          cluster.page(ListInstancesRequest.newBuilder().setPageSize(3).setPageToken(token));
      assertThat(page.getInstancesCount()).as("items on a page of 3").isLessThanOrEqualTo(3);
      seen.addAll(page.getInstancesList());
      revisions.add(page.getRevision());
      token = page.getNextPageToken();
      // Something changes between the pages.
      cluster.created(cluster.spec().build());
    } while (!token.isEmpty());

    assertThat(seen).extracting(Instance::getUid).doesNotHaveDuplicates().containsAll(uids);
    assertThat(revisions).as("revision on each page").hasSize(1);
  }

  @Test
  void pages_showWhatStays_whenOthersGoBetweenThem() {
    TestCluster cluster = newCluster();
    List<String> uids = create(cluster, 6);
    ListInstancesResponse first = cluster.page(ListInstancesRequest.newBuilder().setPageSize(2));
    onlyIf(!first.getNextPageToken().isEmpty(), "the adapter gave all on one page");
    String gone = first.getInstances(0).getUid();
    cluster.delete(gone, 1, Duration.ZERO);
    cluster.awaitGone(gone);

    Set<String> seen = new HashSet<>();
    first.getInstancesList().forEach(instance -> seen.add(instance.getUid()));
    String token = first.getNextPageToken();
    while (!token.isEmpty()) {
      ListInstancesResponse page =
          cluster.page(ListInstancesRequest.newBuilder().setPageSize(2).setPageToken(token));
      page.getInstancesList().forEach(instance -> seen.add(instance.getUid()));
      token = page.getNextPageToken();
    }

    assertThat(seen).containsAll(uids);
  }

  @Test
  void list_ofUids_leavesUnknownOnesOut() {
    TestCluster cluster = newCluster();
    List<String> uids = create(cluster, 3);

    ListInstancesResponse page =
        cluster.page(
            ListInstancesRequest.newBuilder()
                .addUids(uids.get(2))
                .addUids(UUID.randomUUID().toString())
                .addUids(uids.get(0)));

    assertThat(page.getInstancesList())
        .extracting(Instance::getUid)
        .containsExactlyInAnyOrder(uids.get(0), uids.get(2));
  }

  @Test
  void list_keepsWhatEnded_untilItIsDeleted() {
    TestCluster cluster = newCluster();
    TestPod pod =
        needs(
            adapter().endingByItself(cluster.pod().withRestartPolicy("Never"), 0),
            "make a container end by itself");
    InstanceSpec spec = cluster.spec(pod).build();
    cluster.created(spec);
    cluster.awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_SUCCEEDED);

    cluster.delete(spec.getUid(), 1, Duration.ZERO);

    cluster.awaitGone(spec.getUid());
  }

  @Test
  void list_withATokenThatNoPageGave_isInvalid() {
    Throwable thrown =
        catchThrowable(
            () -> newCluster().page(ListInstancesRequest.newBuilder().setPageToken("~moon~")));

    assertThat(thrown).as("failure of the list").isNotNull();
    assertThat(CloudFailures.from(thrown).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
  }

  private List<String> create(TestCluster cluster, int count) {
    List<InstanceSpec> specs =
        IntStream.range(0, count).mapToObj(i -> cluster.spec().build()).toList();
    specs.forEach(cluster::created);
    return specs.stream().map(InstanceSpec::getUid).toList();
  }
}
