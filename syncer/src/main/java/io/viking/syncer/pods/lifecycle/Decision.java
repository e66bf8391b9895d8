package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to do next about a pod: from what is known and what is being done. Applied until nothing
 * changes; so each rule is one step, and the rules for a goal stand together.
 */
final class Decision {
  private Decision() {}

  static PodState of(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    return switch (facts.goal()) {
      case LEAVE -> new PodState.Settled();
      case RUN -> run(machine, moment);
      case FINISH -> finish(machine, moment);
      case STOP -> stop(machine, facts.pod().orElseThrow(), moment);
      case ORPHAN -> orphan(machine, moment);
    };
  }

  private static PodState run(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    if (Expiry.of(machine, moment).isPresent() && !endedInTime(machine)) {
      return expire(machine, moment);
    }
    return hasUsableInstance(facts)
        ? withInstance(machine, moment)
        : withoutInstance(machine, moment);
  }

  /** By itself: nobody had it stopped. */
  private static boolean endedInTime(PodMachine machine) {
    return machine.facts().cloud().isOver()
        && hasUsableInstance(machine.facts())
        && !(machine.state() instanceof PodState.Stopping);
  }

  private static PodState expire(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    if (!facts.cloud().mayExist()) {
      // While the cloud is out of reach, that we know of no instance means nothing.
      return moment.world().cloudUp() ? new PodState.Ending() : machine.state();
    }
    if (machine.state() instanceof PodState.Stopping stopping) {
      return stopping;
    }
    Instant now = moment.now();
    Duration grace = facts.pod().map(PodObject::specGrace).orElse(Duration.ZERO);
    return new PodState.Stopping(StopCall.at(now.plus(grace), grace.isZero(), now));
  }

  /** One that failed to start is no instance: its successor takes its place in the cloud. */
  private static boolean hasUsableInstance(PodFacts facts) {
    return facts.cloud().instance().filter(i -> !CloudSide.failedToStart(i)).isPresent();
  }

  private static PodState withInstance(PodMachine machine, Moment moment) {
    CloudSide cloud = machine.facts().cloud();
    return switch (machine.state()) {
      case PodState.Running running ->
          SpotEviction.isDue(machine.facts(), moment)
              ? new PodState.Evicting(running, moment.now(), 0)
              : running;
      case PodState.Evicting evicting ->
          SpotEviction.isDue(machine.facts(), moment) ? evicting : evicting.running();
      case PodState.Locating locating when !cloud.followed() -> locating;
      case PodState.Stopping stopping when stopping.call().wasSent() -> stopping;
      case PodState.Resolving(Tries tries, boolean _) -> new PodState.Running(moment.now(), tries);
      case PodState.Creating creating -> new PodState.Running(moment.now(), creating.tries());
      case PodState.Retrying retrying -> new PodState.Running(moment.now(), retrying.tries());
      case PodState.Locating locating -> new PodState.Running(moment.now(), locating.tries());
      case PodState.Bound _,
          PodState.Lost _,
          PodState.Stopping _,
          PodState.Ending _,
          PodState.Removing _,
          PodState.Suspect _,
          PodState.Settled _,
          PodState.Gone _ ->
          running(moment);
    };
  }

  private static PodState running(Moment moment) {
    return new PodState.Running(moment.now(), Tries.NONE);
  }

  private static PodState withoutInstance(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    if (machine.state() instanceof PodState.Stopping stopping
        && stopping.call().wasSent()
        && facts.cloud().mayExist()) {
      return stopping;
    }
    if (facts.hasRun() || facts.cloud().nextAttempt().isEmpty()) {
      // While the cloud is out of reach, that we know of no instance means nothing.
      return moment.world().cloudUp() ? new PodState.Lost() : machine.state();
    }
    return switch (machine.state()) {
      case PodState.Resolving resolving -> resolving;
      case PodState.Creating creating -> creating;
      case PodState.Locating locating -> locating;
      case PodState.Retrying retrying -> retry(retrying, moment);
      case PodState.Running running -> startAgain(machine, running, moment);
      case PodState.Evicting evicting -> startAgain(machine, evicting.running(), moment);
      case PodState.Bound _,
          PodState.Lost _,
          PodState.Stopping _,
          PodState.Ending _,
          PodState.Removing _,
          PodState.Suspect _,
          PodState.Settled _,
          PodState.Gone _ ->
          new PodState.Resolving(Tries.NONE);
    };
  }

  private static PodState retry(PodState.Retrying retrying, Moment moment) {
    if (!moment.reached(retrying.until())) {
      return retrying;
    }
    // Tokens among the files grow old: a call that was long put off is made of fresh ones.
    Instant stale = moment.now().minus(moment.timings().specLifetime());
    return retrying
        .repeat()
        .filter(repeat -> repeat.resolvedAt().isAfter(stale))
        .<PodState>map(repeat -> repeat)
        .orElseGet(() -> new PodState.Resolving(retrying.tries()));
  }

  /** The instance ended or vanished before one container had started. */
  private static PodState startAgain(PodMachine machine, PodState.Running running, Moment moment) {
    CloudSide cloud = machine.facts().cloud();
    Optional<Instance> failed = cloud.instance().or(cloud::last);
    String reason = failed.map(Instance::getReason).filter(r -> !r.isEmpty()).orElse("StartFailed");
    String message =
        failed
            .map(Instance::getMessage)
            .filter(m -> !m.isEmpty())
            .orElse("the instance ended before a container had started");
    return new PodState.Retrying(
        Pauses.after(
            moment.timings().noStock(),
            running.tries().creating(),
            Optional.empty(),
            machine.facts().ref(),
            moment.now()),
        running.tries().creatingFailed(),
        Optional.of(machine.facts().notCreated(reason, message)),
        Optional.empty(),
        true);
  }

  private static PodState finish(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    if (!facts.cloud().mayExist()) {
      return new PodState.Settled();
    }
    if (machine.state() instanceof PodState.Stopping stopping) {
      return stopping;
    }
    Instant now = moment.now();
    if (facts.cloud().lives() || facts.cloud().instance().isEmpty()) {
      Duration grace = facts.pod().map(PodObject::specGrace).orElse(Duration.ZERO);
      return new PodState.Stopping(StopCall.at(now.plus(grace), grace.isZero(), now));
    }
    Instant end = facts.cloud().instance().map(i -> Instants.endOf(i, now)).orElse(now);
    return new PodState.Stopping(
        StopCall.at(now, true, end.plus(moment.timings().endedRetention())));
  }

  private static PodState stop(PodMachine machine, V1Pod pod, Moment moment) {
    CloudSide cloud = machine.facts().cloud();
    Instant now = moment.now();
    boolean hurry = PodObject.deletionGrace(pod).isZero();
    if (cloud.mayExist()) {
      Instant killAt = killAt(machine, pod, now);
      return machine.state() instanceof PodState.Stopping(StopCall call)
          ? new PodState.Stopping(call.atLatest(killAt, hurry, now).atOnce(now))
          : new PodState.Stopping(StopCall.at(killAt, hurry, now));
    }
    // An object whose grace is 0 and that nothing holds was being deleted when the API server died:
    // nobody but us will finish that.
    boolean held = hurry && PodObject.hasFinalizers(pod);
    if (machine.state() instanceof PodState.Removing removing && !held) {
      return removing;
    }
    if (PodObject.endIsRead(pod) && !machine.isSaid(new StatusReport.OfEnd(cloud.last()), moment)) {
      return new PodState.Ending();
    }
    return held ? new PodState.Settled() : new PodState.Removing(now, 0);
  }

  /**
   * When the grace ends: counted by our clock from when we hear of the deletion, as a kubelet does,
   * so that a clock which is ahead of the API server's takes nothing from it. Only what was deleted
   * before this process knew it has used up some: there, the API server's time counts.
   */
  private static Instant killAt(PodMachine machine, V1Pod pod, Instant now) {
    Instant longest = now.plus(PodObject.deletionGrace(pod));
    return machine.state() instanceof PodState.Bound
        ? PodObject.deadline(pod).filter(at -> at.isBefore(longest)).orElse(longest)
        : longest;
  }

  private static PodState orphan(PodMachine machine, Moment moment) {
    PodFacts facts = machine.facts();
    Instant now = moment.now();
    if (!facts.cloud().mayExist()) {
      return new PodState.Gone();
    }
    return switch (machine.state()) {
      case PodState.Stopping(StopCall call) ->
          new PodState.Stopping(facts.deleted() ? call.atLatest(now, true, now).atOnce(now) : call);
      case PodState.Suspect suspect
          when suspect.confirmed() && (suspect.approved() || facts.cloud().isOver()) ->
          new PodState.Stopping(StopCall.at(now, true, now));
      case PodState.Suspect suspect -> suspect;
      case PodState.Bound _,
          PodState.Resolving _,
          PodState.Creating _,
          PodState.Retrying _,
          PodState.Locating _,
          PodState.Running _,
          PodState.Evicting _,
          PodState.Lost _,
          PodState.Ending _,
          PodState.Removing _,
          PodState.Settled _,
          PodState.Gone _ ->
          suspect(facts, moment);
    };
  }

  private static PodState suspect(PodFacts facts, Moment moment) {
    PodTimings timings = moment.timings();
    Duration grace = facts.deleted() ? timings.goneGrace() : timings.orphanGrace();
    return new PodState.Suspect(moment.now().plus(grace), 0, false, facts.witnessed());
  }
}
