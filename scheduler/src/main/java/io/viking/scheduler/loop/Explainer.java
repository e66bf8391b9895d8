package io.viking.scheduler.loop;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.decision.Placement;
import io.viking.scheduler.decision.Review;
import io.viking.scheduler.decision.Unplaced;
import io.viking.scheduler.decision.World;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.preemption.Reserve;
import io.viking.scheduler.type.TypeChooser;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Population;
import java.util.function.Predicate;

/** Answers questions about pods from the core's state, which it leaves as it is. */
final class Explainer {
  private final GroupDecider decider;
  private final PodQueue queue;
  private final Population population;
  private final Predicate<String> waitsForVolumes;

  /**
   * @param waitsForVolumes of a pod that has a zone, by UID: its bind waits for its claims
   */
  Explainer(
      GroupDecider decider,
      PodQueue queue,
      Population population,
      Predicate<String> waitsForVolumes) {
    this.decider = decider;
    this.queue = queue;
    this.population = population;
    this.waitsForVolumes = waitsForVolumes;
  }

  SchedulerEffect.Answer notYet(SchedulerEvent.Asked asked) {
    return new SchedulerEffect.Answer(
        asked.pod(),
        asked.question(),
        PodExplanation.plain(
            asked.pod(),
            PodExplanation.State.UNKNOWN,
            "the scheduler is starting and decides nothing yet"));
  }

  SchedulerEffect.Answer answer(SchedulerEvent.Asked asked, World world) {
    String uid = asked.pod().uid();
    World others = population.find(uid).isPresent() ? without(asked.shape(), world) : world;
    Review review = population.without(uid, () -> decider.review(asked.shape(), others));
    PodExplanation explanation =
        queue
            .find(uid)
            .map(pod -> queued(pod, review))
            .or(() -> population.find(uid).map(spot -> placed(asked.pod(), spot.zone(), review)))
            .orElseGet(
                () ->
                    PodExplanation.plain(
                        asked.pod(),
                        PodExplanation.State.UNKNOWN,
                        "the scheduler has not heard of it yet: ask again"));
    return new SchedulerEffect.Answer(asked.pod(), asked.question(), explanation);
  }

  /**
   * The quotas as if a pod that has its place had none: it is not in its own way. What it takes is
   * what it would be given now: types seldom change under a pod.
   */
  private static World without(PodShape shape, World world) {
    long milliVcpu =
        switch (TypeChooser.choose(shape, world.sites(), world.assortment())) {
          case Assortment.Choice.Types chosen ->
              chosen.types().stream().mapToLong(InstanceType::getMilliVcpu).findFirst().orElse(0);
          case Assortment.Choice.None _ -> 0;
        };
    return world.with(new Reserve(1, milliVcpu).givenBackTo(world.quotas()));
  }

  private PodExplanation queued(QueuedPod pod, Review review) {
    String zone = pod.placement.map(Placement::zone).orElse("");
    return switch (pod.state) {
      case GATED ->
          of(pod, PodExplanation.State.GATED, "", "its scheduling gates are not gone yet", review);
      case WAITING ->
          of(
              pod,
              PodExplanation.State.WAITING,
              "",
              pod.group.parked.map(Unplaced::message).orElse("its turn comes"),
              pod.group.parked.map(review::notedLike).orElse(review));
      case BACKING_OFF ->
          of(
              pod,
              PodExplanation.State.BACKING_OFF,
              "",
              "its binding failed; it is tried again at " + pod.retryAt,
              review);
      case ASSUMED ->
          of(
              pod,
              PodExplanation.State.ASSIGNED,
              zone,
              "it has the zone "
                  + zone
                  + (waitsForVolumes.test(pod.uid())
                      ? ", and is bound when its volumes are there"
                      : ", and its binding is under way"),
              review);
      case BOUND -> placed(pod.pod.ref(), zone, review);
      case LEFT -> PodExplanation.plain(pod.pod.ref(), PodExplanation.State.UNKNOWN, "it is gone");
    };
  }

  private static PodExplanation placed(PodRef pod, String zone, Review review) {
    return PodExplanation.of(
        pod, PodExplanation.State.BOUND, zone, "it is bound to the zone " + zone, review);
  }

  private static PodExplanation of(
      QueuedPod pod, PodExplanation.State state, String zone, String message, Review review) {
    return PodExplanation.of(pod.pod.ref(), state, zone, message, review);
  }
}
