package io.viking.scheduler.loop;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.volume.Claim;
import io.viking.scheduler.volume.ClaimBook;
import io.viking.scheduler.volume.ClaimJudge;
import io.viking.scheduler.volume.ClaimKey;
import io.viking.scheduler.volume.ClaimStep;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.volume.Volume;
import io.viking.scheduler.volume.VolumeIndex;
import io.viking.scheduler.volume.VolumeNeeds.Fit;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Sites;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings pods' claims to volumes in the zone that was chosen for the pod, and holds the pod's bind
 * until they are there.
 *
 * <p>A claim that waits for its first consumer gets a free volume of the zone, or else the zone's
 * node is written on it and its provisioner makes one. A provisioner that cannot takes the node off
 * again; one that says nothing has ten minutes. Both send the pod back to look for a zone anew, and
 * that zone comes last for pods of the class. Nothing is remembered but what the API server has: a
 * node that an earlier scheduler wrote counts as ours.
 */
final class ClaimBinder {
  static final Duration PATIENCE = Duration.ofMinutes(10);
  static final Duration TROUBLE = Duration.ofMinutes(5);

  private final VolumeIndex index = new VolumeIndex();
  private final ClaimBook book = new ClaimBook();
  private final VolumeLists lists = new VolumeLists();
  private final ClaimJudge judge;
  private final Map<String, ClaimHold> holds = new HashMap<>();
  private final SetMultimap<ClaimKey, ClaimHold> waiting = HashMultimap.create();
  private long tickets;

  ClaimBinder(Sites sites) {
    this.judge = new ClaimJudge(index, book, sites);
  }

  ClaimVerdict judge(PodShape shape, Instant now) {
    if (shape.claims().isEmpty()) {
      return ClaimVerdict.NO_CLAIMS;
    }
    return lists.complete() ? judge.judge(shape, now) : VolumeLists.MISSING;
  }

  /** Whether a group cannot be decided yet; it comes with {@link VolumeNews#decidable}. */
  boolean defers(PodGroup group, Instant now, Outbox out) {
    return !group.shape.claims().isEmpty() && lists.defers(group, now, out);
  }

  /**
   * A pod was given a zone.
   *
   * @param labels of the zone's node
   * @return why its bind has to wait, if it has to; it then comes with {@link VolumeNews#bindable}
   */
  Optional<String> assume(
      QueuedPod pod, String zone, Map<String, String> labels, Instant now, Outbox out) {
    PodShape shape = pod.group.shape;
    if (shape.claims().isEmpty()) {
      return Optional.empty();
    }
    List<ClaimStep> steps =
        judge(shape, now) instanceof ClaimVerdict.Known(var needs)
                && needs.at(zone, labels) instanceof Fit.Fits(var needed)
            ? needed
            : List.of();
    book.use(pod.uid(), keys(shape));
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    var hold = new ClaimHold(++tickets, pod, zone, labels);
    holds.put(pod.uid(), hold);
    for (ClaimStep step : steps) {
      hold.await(step.claim(), index);
      waiting.put(step.claim(), hold);
      book.choose(step.claim(), zone, pod.uid());
      take(step, hold, out);
    }
    out.timer(now.plus(PATIENCE), new SchedulerEvent.ClaimsLate(pod.uid(), hold.id));
    out.effect(new SchedulerEffect.Announce(pod.pod.ref(), false, "WaitForVolume", hold.text()));
    return Optional.of(hold.text());
  }

  private void take(ClaimStep step, ClaimHold hold, Outbox out) {
    switch (step) {
      case ClaimStep.Await _ -> {}
      case ClaimStep.Keep(ClaimKey claim, String claimUid, Volume volume) -> {
        book.keep(volume.name(), claim);
        hold.keep(claim, volume);
        out.effect(new SchedulerEffect.KeepVolume(hold.pod.pod.ref(), claim, claimUid, volume));
      }
      case ClaimStep.SelectNode(ClaimKey claim, String claimUid, String claimVersion) ->
          out.effect(
              new SchedulerEffect.SelectNode(
                  hold.pod.pod.ref(), claim, claimUid, claimVersion, hold.zone));
    }
  }

  /** Whether a pod that was given a zone waits for its claims there. */
  boolean holds(String uid) {
    return holds.containsKey(uid);
  }

  /** A pod has a zone, whoever gave it. */
  Set<Cure> placed(String uid, String namespace, Collection<String> claims) {
    Set<Cure> cures = drop(uid);
    if (!claims.isEmpty()) {
      book.use(uid, claims.stream().map(name -> new ClaimKey(namespace, name)).toList());
    }
    return cures;
  }

  /** A pod is gone, or has no zone after all. */
  Set<Cure> forget(String uid) {
    book.forget(uid);
    return drop(uid);
  }

  VolumeNews hear(SchedulerEvent.VolumeEvent event, Instant now) {
    var news = new VolumeNews();
    switch (event) {
      case SchedulerEvent.ClaimSeen(Claim claim) -> {
        book.see(claim);
        news.cures.addAll(index.see(claim));
        look(waiting.get(claim.key()), now, news);
      }
      case SchedulerEvent.ClaimGone(ClaimKey key) -> {
        book.claimGone(key);
        news.cures.addAll(index.claimGone(key));
        look(waiting.get(key), now, news);
      }
      case SchedulerEvent.VolumeSeen(Volume volume) -> {
        news.cures.addAll(index.see(volume));
        volume.holder().ifPresent(holder -> look(waiting.get(holder.claim()), now, news));
        book.keptFor(volume.name()).ifPresent(claim -> look(waiting.get(claim), now, news));
      }
      case SchedulerEvent.VolumeGone(String name) -> {
        news.cures.addAll(index.volumeGone(name));
        book.keptFor(name).ifPresent(claim -> look(waiting.get(claim), now, news));
      }
      case SchedulerEvent.ClassSeen(var storage) -> news.cures.addAll(index.see(storage));
      case SchedulerEvent.ClassGone(String name) -> news.cures.addAll(index.classGone(name));
      case SchedulerEvent.VolumesListed(var kind) -> lists.listed(kind, news);
      case SchedulerEvent.VolumeListsLate() -> lists.late(news);
      case SchedulerEvent.ClaimAnswered answer -> answered(answer, news);
      case SchedulerEvent.ClaimsLate(String uid, long id) ->
          hold(uid, id).ifPresent(hold -> giveUp(hold, now, news));
    }
    return news;
  }

  private void look(Set<ClaimHold> concerned, Instant now, VolumeNews news) {
    for (ClaimHold hold : List.copyOf(concerned)) {
      if (hold(hold.pod.uid(), hold.id).isPresent()) {
        look(hold, now, news);
      }
    }
  }

  private void look(ClaimHold hold, Instant now, VolumeNews news) {
    boolean done = true;
    for (ClaimKey key : hold.claims()) {
      switch (hold.progress(key, index)) {
        case ClaimHold.Progress.Done() -> {}
        case ClaimHold.Progress.Waiting() -> done = false;
        case ClaimHold.Progress.Lost(String why, boolean noVolume) -> {
          if (noVolume) {
            trouble(hold, key, now);
          }
          giveBack(waiting.get(key), why, Duration.ZERO, news);
          return;
        }
      }
    }
    if (done) {
      news.cures.addAll(drop(hold.pod.uid()));
      news.bindable.add(hold.pod);
    }
  }

  /** Also when the pod for which it was written is gone: others may wait for the same claim. */
  private void answered(SchedulerEvent.ClaimAnswered answer, VolumeNews news) {
    Set<ClaimHold> concerned = waiting.get(answer.claim());
    switch (answer.outcome()) {
      case ClaimOutcome.Written() -> {}
      case ClaimOutcome.Refused(String message) ->
          giveBack(concerned, message, Duration.ZERO, news);
      case ClaimOutcome.Failed(String message, var retryAfter) ->
          giveBack(concerned, message, retryAfter.orElse(Duration.ZERO), news);
    }
  }

  private void giveUp(ClaimHold hold, Instant now, VolumeNews news) {
    var late = new HashSet<ClaimKey>();
    var concerned = new LinkedHashSet<>(Set.of(hold));
    for (ClaimKey key : hold.claims()) {
      if (!(hold.progress(key, index) instanceof ClaimHold.Progress.Done)) {
        late.add(key);
        concerned.addAll(waiting.get(key));
        trouble(hold, key, now);
        book.disregard(key, hold.zone);
      }
    }
    giveBack(
        concerned,
        "%s not bound in zone %s within %d minutes; the zone is used last for a while"
            .formatted(ClaimHold.names(late), hold.zone, PATIENCE.toMinutes()),
        Duration.ZERO,
        news);
  }

  private void trouble(ClaimHold hold, ClaimKey key, Instant now) {
    index
        .claim(key)
        .ifPresent(claim -> book.trouble(claim.storageClass(), hold.zone, now.plus(TROUBLE)));
  }

  /** All that wait for a claim at once: one that stayed would keep the others to its zone. */
  private void giveBack(Set<ClaimHold> concerned, String why, Duration atLeast, VolumeNews news) {
    for (ClaimHold hold : List.copyOf(concerned)) {
      news.cures.addAll(drop(hold.pod.uid()));
      news.returned.add(new VolumeNews.Returned(hold.pod, why, atLeast));
    }
  }

  private Optional<ClaimHold> hold(String uid, long id) {
    return Optional.ofNullable(holds.get(uid)).filter(hold -> hold.id == id);
  }

  private Set<Cure> drop(String uid) {
    ClaimHold hold = holds.remove(uid);
    if (hold == null) {
      return Set.of();
    }
    hold.claims().forEach(key -> waiting.remove(key, hold));
    return book.release(uid, hold.claims());
  }

  private static List<ClaimKey> keys(PodShape shape) {
    return shape.claims().stream().map(use -> new ClaimKey(shape.namespace(), use.name())).toList();
  }
}
