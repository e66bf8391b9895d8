package io.viking.scheduler.loop;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Disk;
import io.viking.scheduler.volume.Claim;
import io.viking.scheduler.volume.ClaimKey;
import io.viking.scheduler.volume.Volume;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pods with claims come and go, a provisioner makes volumes, cannot, or is silent for long; others
 * take free volumes; writes fail and the cache is late. Whatever the seed: no pod is bound before
 * its claim is, or elsewhere than its volume, no volume is promised twice, and in the end everybody
 * has a zone.
 */
class ClaimBinderRandomTest {
  private static final int CLAIMS = 8;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anySeed_podsAreBoundWhereTheirVolumesAre(long seed) {
    new Run(seed).play();
  }

  /** The API server's claims and volumes, their controller and a provisioner. */
  private static final class Run {
    private final Random random;
    private final Stage stage = Stage.of(cloud());
    private final Map<String, Claim> claims = new TreeMap<>();
    private final Map<String, Volume> volumes = new TreeMap<>();
    private final Deque<SchedulerEvent> cache = new ArrayDeque<>();
    private final Map<String, String> claimOf = new HashMap<>();
    private int checked;

    Run(long seed) {
      random = new Random(seed);
      stage.feed(new SchedulerEvent.ClassSeen(Disk.WAITS));
      for (var kind : SchedulerEvent.VolumeKind.values()) {
        stage.feed(new SchedulerEvent.VolumesListed(kind));
      }
      for (int i = 0; i < CLAIMS; i++) {
        put(Disk.claim("claim-" + i));
      }
      for (int i = 0; i < 4; i++) {
        put(Disk.free("free-" + i, zone(), 10));
      }
    }

    void play() {
      for (int i = 0; i < 500; i++) {
        act();
        check();
      }
      for (int i = 0; i < 40; i++) {
        claims.keySet().forEach(name -> provision(name, true));
        while (!stage.unanswered.isEmpty() || !cache.isEmpty()) {
          answer(true);
          show();
          check();
        }
        stage.advance(Duration.ofMinutes(1));
      }
      assertThat(stage.zones()).as("pods by zone").doesNotContainKey("");
      assertThat(stage.pending).isEqualTo(PendingCounts.NONE);
    }

    private void act() {
      switch (random.nextInt(9)) {
        case 0 -> create();
        case 1 -> anyPod().ifPresent(stage::delete);
        case 2 -> provision("claim-" + random.nextInt(CLAIMS), random.nextInt(3) > 0);
        case 3 -> stealFreeVolume();
        case 4 -> stage.advance(Duration.ofSeconds(random.nextInt(300)));
        case 5, 6 -> show();
        default -> answer(random.nextInt(10) > 0);
      }
    }

    private void create() {
      String claim = "claim-" + random.nextInt(CLAIMS);
      stage
          .create(shape().claim(claim).build(), 1 + random.nextInt(3))
          .forEach(uid -> claimOf.put(uid, claim));
    }

    /** Binds what is kept, makes what is asked for, or refuses. */
    private void provision(String name, boolean able) {
      Claim claim = claims.get(name);
      if (claim.bound()) {
        return;
      }
      Optional<Volume> kept =
          volumes.values().stream()
              .filter(volume -> volume.holder().map(holder -> holder.is(claim)).orElse(false))
              .findFirst();
      if (kept.isPresent()) {
        put(Disk.bound(name, kept.get().name()));
      } else if (!claim.selectedNode().isEmpty() && able) {
        put(Disk.heldBy("made-for-" + name, claim.selectedNode(), claim));
      } else if (!claim.selectedNode().isEmpty()) {
        put(Disk.claim(name));
      }
    }

    private void stealFreeVolume() {
      volumes.values().stream()
          .filter(Volume::free)
          .findFirst()
          .ifPresent(
              volume ->
                  put(Disk.heldBy(volume.name(), zoneOf(volume), Disk.claim("somebody-elses"))));
    }

    private void answer(boolean works) {
      switch (stage.unanswered.peek()) {
        case null -> {}
        case SchedulerEffect.SelectNode select -> {
          stage.unanswered.remove();
          Claim claim = claims.get(select.claim().name());
          if (works && !claim.bound()) {
            put(Disk.claim(select.claim().name(), 10, select.zone()));
          }
          feed(select.claim(), works);
        }
        case SchedulerEffect.KeepVolume keep -> {
          stage.unanswered.remove();
          Volume now = volumes.get(keep.volume().name());
          boolean unchanged = keep.volume().equals(now);
          if (works && unchanged) {
            put(Disk.heldBy(now.name(), zoneOf(now), claims.get(keep.claim().name())));
          }
          feed(keep.claim(), works && unchanged);
        }
        case SchedulerEffect.Bind _,
            SchedulerEffect.Report _,
            SchedulerEffect.Preempt _,
            SchedulerEffect.Announce _,
            SchedulerEffect.Answer _ ->
            stage.answer();
      }
    }

    private void feed(ClaimKey claim, boolean written) {
      stage.feed(
          new SchedulerEvent.ClaimAnswered(
              claim,
              written
                  ? new ClaimOutcome.Written()
                  : new ClaimOutcome.Refused("another came first")));
    }

    /** The cache shows one thing more. */
    private void show() {
      if (!cache.isEmpty()) {
        stage.feed(cache.remove());
      }
    }

    private void put(Claim claim) {
      claims.put(claim.key().name(), claim);
      cache.add(new SchedulerEvent.ClaimSeen(claim));
    }

    private void put(Volume volume) {
      volumes.put(volume.name(), volume);
      cache.add(new SchedulerEvent.VolumeSeen(volume));
    }

    private Optional<String> anyPod() {
      var uids = new ArrayList<>(stage.pods.keySet());
      return uids.isEmpty() ? Optional.empty() : Optional.of(uids.get(random.nextInt(uids.size())));
    }

    private String zone() {
      return List.of("h", "i", "j").get(random.nextInt(3));
    }

    private static String zoneOf(Volume volume) {
      return List.of("h", "i", "j").stream()
          .filter(zone -> volume.reaches(zone, Cloud.labels(zone)))
          .findFirst()
          .orElseThrow();
    }

    private void check() {
      for (; checked < stage.binds.size(); checked++) {
        SchedulerEffect.Bind bind = stage.binds.get(checked);
        Claim claim = claims.get(claimOf.get(bind.pod().uid()));
        assertThat(claim.bound()).as("%s when its pod is bound", claim).isTrue();
        assertThat(zoneOf(volumes.get(claim.volume()))).as("zone").isEqualTo(bind.zone());
      }
    }
  }
}
