package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceSpec;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An adapter that is killed and started again has bought nothing twice and forgotten nothing. */
public abstract class RestartContract extends ContractTopic {
  @Test
  void instances_outlive_theAdapter() throws Exception {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());

    restart();

    Instance after = cluster.find(running.getUid()).orElseThrow();
    assertThat(after.getInstanceId()).isEqualTo(running.getInstanceId());
    assertThat(after.getPhase()).isEqualTo(running.getPhase());
    assertThat(after.getAddressesList()).isEqualTo(running.getAddressesList());
  }

  @Test
  void createAgain_afterTheRestart_buysNothing() throws Exception {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();
    Instance first = cluster.created(spec);

    restart();
    CreateInstanceResult again = cluster.create(spec);

    assertThat(again.getCreated()).as("created").isFalse();
    assertThat(again.getInstance().getInstanceId()).isEqualTo(first.getInstanceId());
  }

  @Test
  void fences_outlive_theAdapter() throws Exception {
    TestCluster cluster = newCluster();
    InstanceSpec spec = cluster.spec().build();
    cluster.delete(spec.getUid(), 1, Duration.ZERO);

    restart();

    assertThat(cluster.refused(spec).reason()).isEqualTo(ErrorReason.ERROR_REASON_ATTEMPT_SPENT);
  }

  @Test
  void revisions_neverGoBack_overTheRestart() throws Exception {
    TestCluster cluster = newCluster();
    cluster.running(cluster.spec().build());
    long before = cluster.revision();

    restart();

    assertThat(cluster.revision()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void watch_fromBeforeTheRestart_missesNothing_orIsTooOld() throws Exception {
    TestCluster cluster = newCluster();
    Instance running = cluster.running(cluster.spec().build());
    long before = cluster.revision();

    restart();
    cluster.delete(running.getUid(), 1, Duration.ZERO);
    cluster.awaitGone(running.getUid());
    InstanceWatch watch = cluster.watch(before);

    await("DELETED, or REVISION_TOO_OLD")
        .atMost(adapter().patience())
        .until(
            () ->
                watch.events(running.getUid()).stream().anyMatch(InstanceEvents::isDeleted)
                    || watch
                        .failure()
                        .map(failure -> failure.reason())
                        .equals(Optional.of(ErrorReason.ERROR_REASON_REVISION_TOO_OLD)));
  }

  private void restart() throws Exception {
    needs(adapter().restart(), "restart the adapter").restart();
  }
}
