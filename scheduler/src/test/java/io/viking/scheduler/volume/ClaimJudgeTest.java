package io.viking.scheduler.volume;

import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Disk;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Sites;
import io.viking.scheduler.zone.ZoneNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What claims allow, over zones h, i and j. */
class ClaimJudgeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CONFLICT = "had volume node affinity conflict";
  private static final String NOTHING = "didn't find available persistent volumes to bind";
  private static final Cure DATA = new Cure.ClaimChanged("shop", "data");

  private final VolumeIndex index = new VolumeIndex();
  private final ClaimBook book = new ClaimBook();
  private final Sites sites = new Sites(new Inventory());
  private final ClaimJudge judge = new ClaimJudge(index, book, sites);

  @BeforeEach
  void zones() {
    sites.catalogChanged(Cloud.cloud().snapshot());
    List.of("h", "i", "j").forEach(zone -> sites.nodeSeen(Cloud.node(zone)));
    index.see(Disk.WAITS);
  }

  @Test
  void claim_isMissing_waitsInUpstreamsWords() {
    expectWait(shape().claim("data"), "persistentvolumeclaim \"data\" not found", DATA);
    expectWait(
        shape().ephemeral("data", "uid-1"),
        "waiting for ephemeral volume controller to create the persistentvolumeclaim \"data\"",
        DATA);
  }

  @Test
  void claim_isDeletedOrLost_waits() {
    index.see(Disk.deleting("data"));
    expectWait(shape().claim("data"), "persistentvolumeclaim \"data\" is being deleted", DATA);
    index.see(Disk.lost("data", "pv"));
    expectWait(
        shape().claim("data"),
        "persistentvolumeclaim \"data\" bound to non-existent persistentvolume \"pv\"",
        DATA);
  }

  @Test
  void claim_boundToAVolumeThatIsNotSeen_waitsForIt() {
    index.see(Disk.bound("data", "pv"));
    expectWait(
        shape().claim("data"),
        "persistentvolumeclaim \"data\" bound to non-existent persistentvolume \"pv\"",
        DATA,
        new Cure.VolumeChanged("pv"));
  }

  @Test
  void ephemeralClaim_ofAnotherPod_isRefused() {
    index.see(Disk.ownedBy(Disk.bound("data", "pv"), "uid-2"));
    expectWait(
        shape().ephemeral("data", "uid-1"),
        "PVC \"data\" was not created for the pod (pod is not owner); delete it, or rename the pod",
        DATA);
    index.see(Disk.ownedBy(Disk.claim("data"), "uid-1"));
    assertThat(needs(shape().ephemeral("data", "uid-1")).isEmpty()).isFalse();
  }

  @Test
  void claim_unboundOfAClassThatBindsAtOnce_waits() {
    var cures = new Cure[] {DATA, new Cure.ClassChanged("disk")};
    String sentence = "pod has unbound immediate PersistentVolumeClaims (data)";
    index.see(Disk.claim("data"));
    index.see(Disk.AT_ONCE);
    expectWait(shape().claim("data"), sentence, cures);
    index.classGone("disk");
    expectWait(
        shape().claim("data"),
        "pod has unbound immediate PersistentVolumeClaims (data: there is no StorageClass \"disk\")",
        cures);
    index.see(Disk.WAITS);
    index.see(Disk.asking("data", "pv"));
    expectWait(shape().claim("data"), sentence, cures);
  }

  @Test
  void failFast_withAClaimThatWaits_isToldThatItDoesNotGo() {
    index.see(Disk.claim("data"));
    expectWait(
        shape().claim("data").failFast(),
        "annotation k8s.aliyun.com/eci-fail-strategy: fail-fast does not go with"
            + " persistentvolumeclaim \"data\", whose volume is found once the pod has its zone"
            + " (WaitForFirstConsumer); use fail-back, or a claim that is bound",
        DATA);
    index.see(Disk.heldBy("pv", "i", Disk.claim("data")));
    index.see(Disk.bound("data", "pv"));
    assertThat(zones(shape().claim("data").failFast())).containsEntry("i", "[]");
  }

  @Test
  void claim_forOnePodAndInUse_waitsForThePod() {
    index.see(Disk.heldBy("pv", "i", Disk.claim("data")));
    index.see(Disk.forOnePod(Disk.bound("data", "pv")));
    assertThat(needs(shape().claim("data")).oneByOne()).isTrue();
    book.use("uid-9", List.of(Disk.key("data")));
    expectWait(
        shape().claim("data"),
        "pod has a ReadWriteOncePod claim that is in use by another pod (data)",
        DATA,
        new Cure.PodLeft("shop"));
    book.forget("uid-9");
    assertThat(needs(shape().claim("data")).isEmpty()).isFalse();
  }

  @Test
  void boundVolume_decidesTheZone() {
    index.see(Disk.bound("data", "pv"));
    index.see(Disk.heldBy("pv", "i", Disk.claim("data")));
    assertThat(zones(shape().claim("data")))
        .isEqualTo(Map.of("h", CONFLICT, "i", "[]", "j", CONFLICT));
    assertThat(at("h", shape().claim("data")))
        .isEqualTo(
            new VolumeNeeds.Fit.Misfit(CONFLICT, Set.of(DATA, new Cure.VolumeChanged("pv"))));
    assertThat(needs(shape().claim("data")).oneByOne()).as("one decision for all").isFalse();
  }

  @Test
  void boundVolume_withTheOldLabelForTwoZones_allowsBoth() {
    index.see(Disk.bound("data", "pv"));
    index.see(Disk.labelled("pv", Disk.claim("data"), "h", "j"));
    assertThat(zones(shape().claim("data"))).isEqualTo(Map.of("h", "[]", "i", CONFLICT, "j", "[]"));
  }

  @Test
  void waitingClaim_withAProvisioner_goesAnywhereTheClassAllows() {
    index.see(Disk.claim("data"));
    assertThat(at("j", shape().claim("data")))
        .isEqualTo(
            new VolumeNeeds.Fit.Fits(
                List.of(new ClaimStep.SelectNode(Disk.key("data"), "uid-data", "1"))));
    assertThat(needs(shape().claim("data")).oneByOne()).isTrue();
    index.see(Disk.onlyIn("i"));
    assertThat(zones(shape().claim("data")))
        .containsEntry("h", NOTHING)
        .containsEntry("j", NOTHING)
        .hasEntrySatisfying("i", fit -> assertThat(fit).contains("SelectNode"));
  }

  @Test
  void waitingClaim_staticVolumes_takesTheSmallestThatFitsInTheZone() {
    index.see(Disk.LOCAL);
    index.see(Disk.claim("data"));
    index.see(Disk.free("small", "i", 9));
    index.see(Disk.free("large", "i", 30));
    index.see(Disk.free("fits", "i", 20));
    index.see(Disk.heldBy("others", "j", Disk.claim("other")));
    assertThat(zones(shape().claim("data")))
        .containsEntry("h", NOTHING)
        .containsEntry("j", NOTHING)
        .hasEntrySatisfying("i", fit -> assertThat(fit).contains("Keep").contains("name=fits"));
    assertThat(((VolumeNeeds.Fit.Misfit) at("h", shape().claim("data"))).cures())
        .containsExactlyInAnyOrder(DATA, new Cure.ClassChanged("disk"));
  }

  @Test
  void waitingClaims_ofOnePod_takeAVolumeEach() {
    index.see(Disk.LOCAL);
    index.see(Disk.claim("big", 15, ""));
    index.see(Disk.claim("data"));
    index.see(Disk.free("large", "i", 30));
    index.see(Disk.free("small", "i", 12));
    Shape both = shape().claim("big").claim("data");
    assertThat(at("i", both).toString()).contains("name=large").contains("name=small");
    index.volumeGone("small");
    assertThat(zones(both)).containsEntry("i", NOTHING);
  }

  @Test
  void freeVolume_promisedToAnotherClaim_isNotTaken() {
    index.see(Disk.LOCAL);
    index.see(Disk.claim("data"));
    index.see(Disk.free("pv", "i", 10));
    book.choose(Disk.key("other"), "i", "uid-9");
    book.keep("pv", Disk.key("other"));
    assertThat(zones(shape().claim("data"))).containsEntry("i", NOTHING);
    assertThat(book.release("uid-9", Set.of(Disk.key("other"))))
        .containsExactly(new Cure.ClaimChanged("shop", "other"));
    assertThat(zones(shape().claim("data"))).doesNotContainEntry("i", NOTHING);
  }

  @Test
  void waitingClaim_volumeKeptForIt_isTheOnlyOne() {
    index.see(Disk.claim("data"));
    index.see(Disk.heldBy("pv", "j", Disk.claim("data")));
    assertThat(zones(shape().claim("data")))
        .containsEntry("h", CONFLICT)
        .containsEntry("i", CONFLICT)
        .hasEntrySatisfying("j", fit -> assertThat(fit).contains("Await"));
  }

  @Test
  void waitingClaim_zoneAlreadySelected_staysThereUntilItIsGivenUp() {
    index.see(Disk.claim("data", 10, "i"));
    assertThat(zones(shape().claim("data")))
        .containsEntry("h", chosen("i"))
        .hasEntrySatisfying("i", fit -> assertThat(fit).contains("Await"));
    book.disregard(Disk.key("data"), "i");
    book.trouble("disk", "i", NOW.plusSeconds(60));
    assertThat(zones(shape().claim("data"))).doesNotContainValue(chosen("i"));
    assertThat(needs(shape().claim("data")).troubled()).containsExactly("i");
    book.see(Disk.claim("data", 10, "h"));
    index.see(Disk.claim("data", 10, "h"));
    assertThat(zones(shape().claim("data"))).containsEntry("i", chosen("h"));
  }

  @Test
  void waitingClaim_chosenForAnotherPodOfOurs_followsIt() {
    index.see(Disk.claim("data"));
    book.choose(Disk.key("data"), "j", "uid-9");
    assertThat(zones(shape().claim("data")))
        .containsEntry("h", chosen("j"))
        .containsEntry("i", chosen("j"));
  }

  @Test
  void selectedNode_thatIsNoZone_isSomebodyElsesOnlyWhileItExists() {
    index.see(Disk.claim("data", 10, "worker-1"));
    assertThat(zones(shape().claim("data")))
        .as("the node is gone")
        .doesNotContainValue(chosen("worker-1"));
    sites.nodeSeen(new ZoneNode("worker-1", Map.of(), List.of(), false));
    expectWait(
        shape().claim("data"),
        "persistentvolumeclaim \"data\" waits for a volume on node worker-1, which is no zone",
        DATA,
        new Cure.NodeChanged("worker-1"));
  }

  private static String chosen(String zone) {
    return "not %s, which is chosen for persistentvolumeclaim \"data\"".formatted(zone);
  }

  private VolumeNeeds needs(Shape shape) {
    return ((ClaimVerdict.Known) judge.judge(shape.build(), NOW)).needs();
  }

  private VolumeNeeds.Fit at(String zone, Shape shape) {
    return needs(shape).at(zone, Cloud.labels(zone));
  }

  private Map<String, String> zones(Shape shape) {
    var zones = new LinkedHashMap<String, String>();
    for (String zone : List.of("h", "i", "j")) {
      zones.put(
          zone,
          switch (at(zone, shape)) {
            case VolumeNeeds.Fit.Fits(var steps) -> steps.toString();
            case VolumeNeeds.Fit.Misfit(String reason, var _) -> reason;
          });
    }
    return zones;
  }

  private void expectWait(Shape shape, String reason, Cure... cures) {
    assertThat(judge.judge(shape.build(), NOW))
        .isEqualTo(new ClaimVerdict.Wait(reason, Set.of(cures)));
  }
}
