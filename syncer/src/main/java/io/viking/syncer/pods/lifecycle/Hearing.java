package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns what a pod's machine hears into facts, and moves the state where a call was answered. */
final class Hearing {
  private Hearing() {}

  static PodMachine of(PodMachine machine, PodInput input, Moment moment, List<Tell> tells) {
    PodFacts facts = machine.facts();
    CloudSide cloud = facts.cloud();
    return switch (input) {
      case PodInput.PodSeen seen -> seen(machine, seen, moment);
      case PodInput.PodGone(boolean witnessed) -> machine.withFacts(facts.withoutPod(witnessed));
      case PodInput.InstanceSeen(var instance) -> machine.withCloud(cloud.followed(instance));
      case PodInput.InstanceRemoved(var last) -> machine.withCloud(cloud.removed(last));
      case PodInput.InstanceUnlisted() -> unlisted(machine, moment);
      case PodInput.Started(var work) -> started(machine, work, moment);
      case PodInput.Resolved(var resolution) ->
          CreationAnswers.resolved(machine, resolution, moment, tells);
      case PodInput.Created created -> CreationAnswers.created(machine, created, tells);
      case PodInput.CreateFailed(var failure) ->
          CreationAnswers.failed(machine, failure, moment, tells);
      case PodInput.DeleteAccepted() -> deleteAccepted(machine, moment);
      case PodInput.DeleteAbsent() -> machine.withCloud(cloud.fencedOff());
      case PodInput.DeleteFailed(var failure) -> deleteFailed(machine, failure, moment);
      case PodInput.Found(var instance) -> CreationAnswers.found(machine, instance, moment);
      case PodInput.FindFailed(var failure) -> CreationAnswers.findFailed(machine, failure, moment);
      case PodInput.StatusAnswered(var answer) -> statusAnswered(machine, answer, moment);
      case PodInput.RemoveAnswered(var answer) -> removeAnswered(machine, answer, moment);
      case PodInput.EvictAnswered(var answer) -> evictAnswered(machine, answer, moment);
      case PodInput.LookedUpAbsent() -> lookedUpAbsent(machine);
      case PodInput.LookUpFailed(var retryAfter) -> lookUpFailed(machine, retryAfter, moment);
      case PodInput.Approved() -> approved(machine);
      case PodInput.Released() -> released(machine, moment);
      case PodInput.ReferenceChanged() -> referenceChanged(machine);
      case PodInput.Tick() -> machine;
      case PodInput.Resync() -> resynced(machine, moment);
    };
  }

  private static PodMachine seen(PodMachine machine, PodInput.PodSeen seen, Moment moment) {
    PodMachine next =
        machine.withFacts(machine.facts().seen(seen.pod(), seen.ours(), seen.hostIp()));
    boolean isChanged =
        machine
            .facts()
            .pod()
            .filter(before -> !annotationsOf(before).equals(annotationsOf(seen.pod())))
            .isPresent();
    return isChanged && machine.state() instanceof PodState.Retrying r && r.endsOnChange()
        ? next.withState(new PodState.Resolving(Tries.NONE))
        : next;
  }

  /** The answer that is on its way may not know of it yet: then it is resolved once more. */
  private static PodMachine referenceChanged(PodMachine machine) {
    return switch (machine.state()) {
      case PodState.Resolving(Tries tries, boolean _) ->
          machine.withState(new PodState.Resolving(tries, true));
      case PodState.Retrying r
          when r.trouble().filter(Trouble.Waiting.class::isInstance).isPresent()
              && r.endsOnChange() ->
          machine.withState(new PodState.Resolving(r.tries()));
      default -> machine;
    };
  }

  private static Object annotationsOf(V1Pod pod) {
    return PodObject.annotations(pod);
  }

  private static PodMachine unlisted(PodMachine machine, Moment moment) {
    CloudSide cloud = machine.facts().cloud();
    if (cloud.instance().isEmpty()) {
      return machine;
    }
    if (cloud.followed()) {
      return machine.withCloud(cloud.vanished());
    }
    // Known from an answer alone: the list may be older than that.
    return located(machine, moment);
  }

  /** The cloud is asked for this very instance. */
  private static PodMachine located(PodMachine machine, Moment moment) {
    return machine.state() instanceof PodState.Running running
        ? machine.withState(
            new PodState.Locating(Optional.empty(), moment.now(), running.tries(), 0))
        : machine;
  }

  private static PodMachine started(PodMachine machine, Work work, Moment moment) {
    return switch (work) {
      case CREATE -> machine.withCloud(machine.facts().cloud().asking());
      case DELETE ->
          machine.state() instanceof PodState.Stopping(StopCall call)
              ? machine.withState(new PodState.Stopping(call.sent()))
              : machine;
      case STATUS ->
          Reports.of(machine, moment)
              .map(
                  report ->
                      machine.withStatus(
                          new StatusWrite.Sent(
                              report, machine.version(), machine.status().failures())))
              .orElse(machine);
      case RESOLVE, FIND, EVICT, REMOVE, LOOK_UP -> machine;
    };
  }

  private static PodMachine deleteAccepted(PodMachine machine, Moment moment) {
    CloudSide cloud = machine.facts().cloud();
    PodMachine next = machine.withCloud(cloud.stopping());
    if (!(machine.state() instanceof PodState.Stopping(StopCall call))) {
      return next;
    }
    // Which instance it was is not known if a create was on its way: ask soon.
    Instant askAgain =
        cloud.instance().isEmpty()
            ? moment.now().plus(moment.timings().cloud().pause(2, machine.facts().ref().uid()))
            : later(call.killAt(), moment.now()).plus(moment.timings().stopRecheck());
    return next.withState(new PodState.Stopping(call.accepted(askAgain)));
  }

  private static PodMachine deleteFailed(PodMachine machine, CloudFailure failure, Moment moment) {
    if (!(machine.state() instanceof PodState.Stopping(StopCall call))
        // Nothing happened; the pace of all deletes does the waiting.
        || failure.reason() == ErrorReason.ERROR_REASON_THROTTLED) {
      return machine;
    }
    Instant again =
        Pauses.after(
            moment.timings().cloud(),
            call.failures(),
            failure.retryAfter(),
            machine.facts().ref(),
            moment.now());
    return machine.withState(new PodState.Stopping(call.failed(again)));
  }

  private static PodMachine statusAnswered(PodMachine machine, ApiAnswer answer, Moment moment) {
    if (!(machine.status()
        instanceof StatusWrite.Sent(StatusReport report, String from, int failures))) {
      return machine;
    }
    Instant now = moment.now();
    PodRef ref = machine.facts().ref();
    return machine.withStatus(
        switch (answer) {
          case ApiAnswer.Done() ->
              new StatusWrite.Said(
                  report,
                  from,
                  now.plus(moment.timings().echo()),
                  now.plus(moment.timings().cacheLag()));
          // The cache will tell that the object is gone. If it does not, the write was refused for
          // what it says: it is tried again, but for nobody is it worth waiting.
          case ApiAnswer.OtherObject() -> {
            Instant again = now.plus(moment.timings().needsHuman().pause(failures, ref.uid()));
            yield new StatusWrite.Said(report, from, again, again);
          }
          case ApiAnswer.Stale() ->
              new StatusWrite.Outdated(
                  from, writeAgainAt(machine, failures, Optional.empty(), moment), failures + 1);
          case ApiAnswer.Failed(var retryAfter) ->
              new StatusWrite.Failed(
                  writeAgainAt(machine, failures, retryAfter, moment), failures + 1);
        });
  }

  private static Instant writeAgainAt(
      PodMachine machine, int failures, Optional<Duration> retryAfter, Moment moment) {
    return Pauses.after(
        moment.timings().apiServer(), failures, retryAfter, machine.facts().ref(), moment.now());
  }

  private static PodMachine removeAnswered(PodMachine machine, ApiAnswer answer, Moment moment) {
    if (!(machine.state() instanceof PodState.Removing(_, int failures))) {
      return machine;
    }
    Instant now = moment.now();
    return machine.withState(
        switch (answer) {
          case ApiAnswer.Done _, ApiAnswer.Stale _, ApiAnswer.OtherObject _ ->
              new PodState.Removing(now.plus(moment.timings().stopRecheck()), 0);
          case ApiAnswer.Failed(var retryAfter) ->
              new PodState.Removing(
                  Pauses.after(
                      moment.timings().apiServer(),
                      failures,
                      retryAfter,
                      machine.facts().ref(),
                      now),
                  failures + 1);
        });
  }

  private static PodMachine evictAnswered(PodMachine machine, ApiAnswer answer, Moment moment) {
    if (!(machine.state() instanceof PodState.Evicting(var running, _, int failures))) {
      return machine;
    }
    Instant now = moment.now();
    return machine.withState(
        switch (answer) {
          // The cache will tell that the pod is being deleted, or gone.
          case ApiAnswer.Done _, ApiAnswer.Stale _, ApiAnswer.OtherObject _ ->
              new PodState.Evicting(running, now.plus(moment.timings().stopRecheck()), 0);
          case ApiAnswer.Failed(var retryAfter) ->
              new PodState.Evicting(
                  running,
                  Pauses.after(
                      moment.timings().apiServer(),
                      failures,
                      retryAfter,
                      machine.facts().ref(),
                      now),
                  failures + 1);
        });
  }

  private static PodMachine lookedUpAbsent(PodMachine machine) {
    return machine.state() instanceof PodState.Suspect s
        ? machine.withState(new PodState.Suspect(s.notBefore(), 0, true, s.approved()))
        : machine;
  }

  private static PodMachine lookUpFailed(
      PodMachine machine, Optional<Duration> retryAfter, Moment moment) {
    return machine.state() instanceof PodState.Suspect s
        ? machine.withState(
            new PodState.Suspect(
                Pauses.after(
                    moment.timings().apiServer(),
                    s.failures(),
                    retryAfter,
                    machine.facts().ref(),
                    moment.now()),
                s.failures() + 1,
                false,
                s.approved()))
        : machine;
  }

  private static PodMachine approved(PodMachine machine) {
    return machine.state() instanceof PodState.Suspect s
        ? machine.withState(new PodState.Suspect(s.notBefore(), s.failures(), s.confirmed(), true))
        : machine;
  }

  private static PodMachine released(PodMachine machine, Moment moment) {
    return machine.state() instanceof PodState.Suspect s && s.confirmed()
        ? machine.withState(new PodState.Stopping(StopCall.at(moment.now(), true, moment.now())))
        : machine;
  }

  private static PodMachine resynced(PodMachine machine, Moment moment) {
    // A pod that is not ours is not in our cache: nobody would tell that it has gone.
    if (machine.facts().goal() == Goal.LEAVE && machine.hasInstance()) {
      return machine.withFacts(machine.facts().forgettingPod());
    }
    // It was gone before the answer came that told of it, if the stream was cut in between.
    CloudSide cloud = machine.facts().cloud();
    return cloud.instance().isPresent() && !cloud.followed() ? located(machine, moment) : machine;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
