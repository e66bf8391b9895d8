package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ORDER and watches: nothing is missed, nothing goes back, a removal is told exactly once. */
public abstract class InstanceWatchContract extends ContractTopic {
  @Test
  void watch_whenNothingChanged_answersAtOnce() {
    TestCluster cluster = newCluster();
    long revision = cluster.revision();

    InstanceWatch watch = cluster.watch(revision);

    watch.awaitAnswer();
    assertThat(watch.answers().getFirst().getEventsList()).isEmpty();
    assertThat(watch.revision()).isGreaterThanOrEqualTo(revision);
  }

  @Test
  void watch_fromTheListsRevision_missesNothing() {
    TestCluster cluster = newCluster();
    long listed = cluster.revision();
    Instance between = cluster.created(cluster.spec().build());

    InstanceWatch watch = cluster.watch(listed);

    watch.awaitEvent(
        "the instance that was made between list and watch",
        event -> event.getInstance().getUid().equals(between.getUid()));
  }

  @Test
  void watch_tellsALife_inOrder_andItsEndOnce() {
    TestCluster cluster = newCluster();
    InstanceWatch watch = cluster.watch(cluster.revision());
    Instance running = cluster.running(cluster.spec().build());
    watch.awaitEvent(
        "Running", event -> event.getInstance().getPhase() == InstancePhase.INSTANCE_PHASE_RUNNING);

    cluster.delete(running.getUid(), 1, Duration.ZERO);

    watch.awaitDeleted(running.getUid());
    List<InstanceEvent> life = watch.events(running.getUid());
    InstanceEvents.assertOrdered(life);
    assertThat(life).filteredOn(InstanceEvents::isDeleted).hasSize(1);
    assertThat(life)
        .extracting(event -> event.getInstance().getInstanceId())
        .containsOnly(running.getInstanceId());
  }

  @Test
  void watch_ofFifty_tellsEveryEndOnce() {
    TestCluster cluster = newCluster();
    InstanceWatch watch = cluster.watch(cluster.revision());
    List<InstanceSpec> specs =
        IntStream.range(0, 50).mapToObj(i -> cluster.spec().build()).toList();
    specs.forEach(cluster::created);

    specs.forEach(spec -> cluster.delete(spec.getUid(), 1, Duration.ZERO));

    awaitEnds(watch, specs);
    InstanceEvents.assertOrdered(watch.events());
  }

  @Test
  void watch_readSlowly_tellsEveryEndOnce() {
    TestCluster cluster = newCluster();
    try (InstanceWatch watch = InstanceWatch.open(adapter(), cluster.id(), cluster.revision(), 1)) {
      watch.awaitAnswer();
      List<InstanceSpec> specs =
          IntStream.range(0, 50).mapToObj(i -> cluster.spec().build()).toList();
      for (InstanceSpec spec : specs) {
        cluster.created(spec);
        cluster.delete(spec.getUid(), 1, Duration.ZERO);
      }
      cluster.awaitEmpty();

      watch.takeAll();

      awaitEnds(watch, specs);
      InstanceEvents.assertOrdered(watch.events());
    }
  }

  @Test
  void watch_resumed_goesOnWhereItStopped() {
    TestCluster cluster = newCluster();
    InstanceWatch before = cluster.watch(cluster.revision());
    Instance first = cluster.running(cluster.spec().build());
    before.awaitEvent(
        "Running", event -> event.getInstance().getPhase() == InstancePhase.INSTANCE_PHASE_RUNNING);
    before.close();
    long resumeAt = before.revision();
    cluster.delete(first.getUid(), 1, Duration.ZERO);
    Instance second = cluster.created(cluster.spec().build());

    InstanceWatch after = cluster.watch(resumeAt);

    after.awaitDeleted(first.getUid());
    after.awaitEvent(
        "the instance made while nobody watched",
        event -> event.getInstance().getUid().equals(second.getUid()));
    assertThat(after.events())
        .allSatisfy(event -> assertThat(event.getInstance().getRevision()).isGreaterThan(resumeAt));
  }

  @Test
  void watch_eventsAndAnswers_agreeOnRevisions() {
    TestCluster cluster = newCluster();
    InstanceWatch watch = cluster.watch(cluster.revision());
    Instance running = cluster.running(cluster.spec().build());
    cluster.delete(running.getUid(), 1, Duration.ZERO);
    watch.awaitDeleted(running.getUid());

    assertThat(watch.answers())
        .allSatisfy(
            answer ->
                assertThat(answer.getEventsList())
                    .allSatisfy(
                        event ->
                            assertThat(event.getInstance().getRevision())
                                .isLessThanOrEqualTo(answer.getRevision())));
  }

  @Test
  void watch_fromARevisionThatWasNeverGiven_isTooOld() {
    InstanceWatch watch = newCluster().watch(Long.MAX_VALUE);

    assertThat(watch.awaitFailure().reason()).isEqualTo(ErrorReason.ERROR_REASON_REVISION_TOO_OLD);
  }

  @Test
  void watch_fromARevisionThatIsForgotten_isTooOld() {
    Runnable forget = needs(adapter().forgettingChanges(), "make the adapter forget changes");
    TestCluster cluster = newCluster();
    long old = cluster.revision();
    cluster.running(cluster.spec().build());
    forget.run();

    InstanceWatch watch = cluster.watch(old);

    assertThat(watch.awaitFailure().reason()).isEqualTo(ErrorReason.ERROR_REASON_REVISION_TOO_OLD);
    cluster.watch(cluster.revision()).awaitAnswer();
  }

  private void awaitEnds(InstanceWatch watch, List<InstanceSpec> specs) {
    await("a DELETED event for each instance")
        .atMost(adapter().patience())
        .until(
            () ->
                watch.events().stream().filter(InstanceEvents::isDeleted).count() >= specs.size());
    assertThat(watch.events())
        .filteredOn(InstanceEvents::isDeleted)
        .extracting(event -> event.getInstance().getUid())
        .containsExactlyInAnyOrderElementsOf(specs.stream().map(InstanceSpec::getUid).toList());
  }
}
