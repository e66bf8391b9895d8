package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.testing.Disk;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.volume.Claim;
import io.viking.scheduler.volume.Volume;
import io.viking.scheduler.volume.VolumeClass;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pods with claims, from event to effect. */
class ClaimBinderTest {
  private static final PodShape DATA = shape().claim("data").build();

  private final Stage stage = Stage.of(cloud());

  @Test
  void pod_withoutClaims_waitsForNoLists() {
    stage.create(shape().build(), 3);
    assertThat(stage.binds).hasSize(3);
  }

  @Test
  void pod_withClaims_waitsForTheListsAndSaysSoOnlyWhenTheyAreLong() {
    stage.create(DATA, 1);
    assertThat(stage.unanswered).isEmpty();
    stage.advance(Duration.ofSeconds(11));
    assertThat(stage.reports)
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.message())
                    .contains("persistentvolumeclaims, persistentvolumes and storageclasses"));
    stage.settle();
    open(Disk.WAITS, Disk.claim("data"));
    assertThat(selections()).hasSize(1);
  }

  @Test
  void boundClaim_podGoesToItsZoneAndNowhereElse() {
    open(Disk.WAITS, Disk.bound("data", "pv"));
    see(Disk.heldBy("pv", "i", Disk.claim("data")));
    stage.create(DATA, 3);
    assertThat(stage.claims).isEmpty();
    assertThat(stage.binds)
        .hasSize(3)
        .allSatisfy(
            bind -> {
              assertThat(bind.zone()).isEqualTo("i");
              assertThat(bind.annotations()).containsEntry("viking.io/zones", "i");
            });
  }

  @Test
  void boundClaim_elsewhereThanTheSelector_isTold() {
    open(Disk.WAITS, Disk.bound("data", "pv"));
    see(Disk.heldBy("pv", "i", Disk.claim("data")));
    stage.create(shape().claim("data").selector(Shape.ZONE, "h").build(), 1);
    assertThat(stage.reports.getFirst().message())
        .isEqualTo(
            "0/3 zones are available: 2 not matching the pod's node selector or affinity, 1 had"
                + " volume node affinity conflict.");
  }

  @Test
  void missingClaim_appears_wakesThePod() {
    open(Disk.WAITS);
    stage.create(DATA, 1);
    assertThat(stage.reports.getFirst().message())
        .isEqualTo("0/3 zones are available: persistentvolumeclaim \"data\" not found.");
    stage.settle();
    see(Disk.claim("data"));
    assertThat(selections()).hasSize(1);
    assertThat(stage.reports).hasSize(2);
    String zone = selections().getFirst().zone();
    assertThat(stage.reports.getLast().message())
        .isEqualTo(
            "zone %s is chosen; waiting for persistentvolumeclaim \"data\" to be bound there"
                .formatted(zone));
    assertThat(stage.reports.getLast().transition()).isEmpty();
    see(Disk.heldBy("pv", zone, Disk.claim("data")));
    see(Disk.bound("data", "pv"));
    assertThat(stage.binds).as("the report could land last").isEmpty();
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of(zone, 1));
    assertThat(stage.reports).hasSize(2);
  }

  @Test
  void waitingClaim_isGivenTheZone_andThePodIsBoundOnceTheClaimIs() {
    open(Disk.WAITS, Disk.claim("data"));
    stage.create(DATA, 1);
    String zone = selections().getFirst().zone();
    stage.settle();
    see(Disk.claim("data", 10, zone));
    assertThat(stage.binds).isEmpty();
    assertThat(stage.announced.getFirst().reason()).isEqualTo("WaitForVolume");

    see(Disk.bound("data", "pv"));
    assertThat(stage.binds).as("its volume is not known yet").isEmpty();
    see(Disk.heldBy("pv", zone, Disk.claim("data")));
    assertThat(stage.binds)
        .singleElement()
        .satisfies(bind -> assertThat(bind.zone()).isEqualTo(zone));
  }

  @Test
  void waitingClaim_ofSeveralPods_theFirstsZoneIsThatOfAll() {
    open(Disk.WAITS, Disk.claim("data"));
    stage.create(DATA, 4);
    assertThat(selections()).hasSize(1);
    stage.settle();
    String zone = selections().getFirst().zone();
    see(Disk.heldBy("pv", zone, Disk.claim("data")));
    see(Disk.bound("data", "pv"));
    stage.settle();
    assertThat(stage.zones()).isEqualTo(Map.of(zone, 4));
    assertThat(stage.reports).isEmpty();
  }

  @Test
  void provisionerTakesTheNodeOff_podGoesToAnotherZone() {
    open(Disk.WAITS, Disk.claim("data"));
    stage.create(shape().claim("data").prefer(1, LabelRule.is(Shape.ZONE, "j")).build(), 1);
    assertThat(selections().getFirst().zone()).isEqualTo("j");
    stage.settle();
    see(Disk.claim("data", 10, "j"));
    see(Disk.claim("data"));
    assertThat(stage.core.population().find("uid-0")).as("given back").isEmpty();
    assertThat(warnings().getLast()).contains("no volume could be made in zone j");

    stage.advance(Duration.ofSeconds(2));
    assertThat(selections()).hasSize(2);
    assertThat(selections().getLast().zone()).isNotEqualTo("j");
  }

  @Test
  void provisionerSaysNothing_podGoesToAnotherZoneAfterTenMinutes() {
    open(Disk.WAITS, Disk.claim("data"));
    stage.create(DATA, 1);
    String first = selections().getFirst().zone();
    stage.settle();
    see(Disk.claim("data", 10, first));
    stage.advance(Duration.ofMinutes(9));
    assertThat(warnings()).isEmpty();
    stage.advance(Duration.ofMinutes(2));
    assertThat(warnings().getFirst())
        .isEqualTo(
            "persistentvolumeclaim \"data\" not bound in zone %s within 10 minutes; the zone is used last for a while"
                .formatted(first));
    assertThat(selections()).hasSize(2);
    assertThat(selections().getLast().zone()).isNotEqualTo(first);
  }

  @Test
  void volumeIsMadeElsewhere_podFollowsIt() {
    open(Disk.WAITS, Disk.claim("data"));
    stage.create(shape().claim("data").prefer(1, LabelRule.is(Shape.ZONE, "j")).build(), 1);
    stage.settle();
    see(Disk.heldBy("pv", "h", Disk.claim("data")));
    see(Disk.bound("data", "pv"));
    assertThat(stage.binds).isEmpty();
    assertThat(warnings().getLast()).contains("which cannot be used in zone j");
    stage.advance(Duration.ofSeconds(2));
    assertThat(stage.binds)
        .singleElement()
        .satisfies(bind -> assertThat(bind.zone()).isEqualTo("h"));
  }

  @Test
  void staticVolume_isKeptForTheClaim() {
    open(Disk.LOCAL, Disk.claim("data"));
    see(Disk.free("pv", "i", 10));
    stage.create(DATA, 1);
    assertThat(stage.claims)
        .singleElement()
        .isInstanceOfSatisfying(
            SchedulerEffect.KeepVolume.class,
            keep -> {
              assertThat(keep.volume().name()).isEqualTo("pv");
              assertThat(keep.claimUid()).isEqualTo("uid-data");
            });
    stage.settle();
    see(Disk.heldBy("pv", "i", Disk.claim("data")));
    assertThat(stage.binds).isEmpty();
    see(Disk.bound("data", "pv"));
    assertThat(stage.binds).hasSize(1);
  }

  @Test
  void staticVolume_takenByAnother_podLooksAgain() {
    open(Disk.LOCAL, Disk.claim("data"));
    see(Disk.free("pv", "i", 10));
    see(Disk.free("pv-2", "j", 20));
    stage.create(DATA, 1);
    stage.unanswered.clear();
    see(Disk.heldBy("pv", "i", Disk.claim("other")));
    stage.advance(Duration.ofSeconds(2));
    assertThat(stage.claims.getLast())
        .isInstanceOfSatisfying(
            SchedulerEffect.KeepVolume.class,
            keep -> assertThat(keep.volume().name()).isEqualTo("pv-2"));
  }

  @Test
  void writeIsRefused_podLooksAgainAfterAPause() {
    open(Disk.WAITS, Disk.claim("data"));
    stage.create(DATA, 1);
    SchedulerEffect.SelectNode select = selections().getFirst();
    stage.unanswered.clear();
    stage.feed(
        new SchedulerEvent.ClaimAnswered(
            select.claim(),
            new ClaimOutcome.Failed("etcd is busy", Optional.of(Duration.ofSeconds(5)))));
    assertThat(warnings()).containsExactly("etcd is busy");
    stage.advance(Duration.ofSeconds(4));
    assertThat(selections()).hasSize(1);
    stage.advance(Duration.ofSeconds(2));
    assertThat(selections()).hasSize(2);
  }

  @Test
  void writeIsRefusedAfterItsPodWasDeleted_otherPodsOfTheClaimLookAgain() {
    open(Disk.WAITS, Disk.claim("data"));
    List<String> uids = stage.create(DATA, 2);
    stage.unanswered.clear();
    stage.delete(uids.getFirst());
    stage.feed(
        new SchedulerEvent.ClaimAnswered(
            Disk.key("data"), new ClaimOutcome.Refused("another came first")));
    stage.advance(Duration.ofSeconds(2));
    assertThat(selections()).hasSize(2);
    assertThat(selections().getLast().pod().uid()).isEqualTo(uids.getLast());
  }

  @Test
  void podIsDeletedWhileItsVolumeIsMade_nothingIsBound() {
    open(Disk.WAITS, Disk.claim("data"));
    String uid = stage.create(DATA, 1).getFirst();
    stage.settle();
    stage.delete(uid);
    see(Disk.heldBy("pv", "i", Disk.claim("data")));
    see(Disk.bound("data", "pv"));
    stage.advance(Duration.ofMinutes(11));
    assertThat(stage.binds).isEmpty();
    assertThat(warnings()).isEmpty();
    assertThat(stage.pending).isEqualTo(PendingCounts.NONE);
  }

  @Test
  void schedulerIsNew_claimHasANode_podWaitsThereWithoutAWrite() {
    open(Disk.WAITS, Disk.claim("data", 10, "j"));
    stage.create(DATA, 1);
    assertThat(stage.claims).isEmpty();
    see(Disk.heldBy("pv", "j", Disk.claim("data")));
    see(Disk.bound("data", "pv"));
    assertThat(stage.binds)
        .singleElement()
        .satisfies(bind -> assertThat(bind.zone()).isEqualTo("j"));
  }

  @Test
  void claimForOnePod_isUsedByOneAtATime() {
    open(Disk.WAITS, Disk.forOnePod(Disk.bound("data", "pv")));
    see(Disk.heldBy("pv", "i", Disk.claim("data")));
    stage.create(DATA, 2);
    stage.settle();
    assertThat(stage.binds).hasSize(1);
    assertThat(stage.reports.getFirst().message())
        .isEqualTo(
            "0/3 zones are available: pod has a ReadWriteOncePod claim that is in use by another"
                + " pod (data).");
    stage.delete(stage.binds.getFirst().pod().uid());
    stage.settle();
    assertThat(stage.binds).hasSize(2);
  }

  private void open(VolumeClass storage, Claim... claims) {
    stage.feed(
        Stream.of(
                Stream.of(new SchedulerEvent.ClassSeen(storage)),
                Arrays.stream(claims).map(SchedulerEvent.ClaimSeen::new),
                Arrays.stream(SchedulerEvent.VolumeKind.values())
                    .map(SchedulerEvent.VolumesListed::new))
            .flatMap(events -> events)
            .map(SchedulerEvent.class::cast)
            .toList());
  }

  private void see(Claim claim) {
    stage.feed(new SchedulerEvent.ClaimSeen(claim));
  }

  private void see(Volume volume) {
    stage.feed(new SchedulerEvent.VolumeSeen(volume));
  }

  private List<SchedulerEffect.SelectNode> selections() {
    return stage.claims.stream()
        .filter(SchedulerEffect.SelectNode.class::isInstance)
        .map(SchedulerEffect.SelectNode.class::cast)
        .toList();
  }

  private List<String> warnings() {
    return stage.announced.stream()
        .filter(SchedulerEffect.Announce::warning)
        .map(SchedulerEffect.Announce::message)
        .toList();
  }
}
