package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;
import io.viking.syncer.pods.creation.CreateVerdict;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the answers on the way to an instance do to a pod's machine. */
final class CreationAnswers {
  /** So often is an unknown failure repeated in silence. */
  private static final int SILENT_REPETITIONS = 3;

  private CreationAnswers() {}

  static PodMachine resolved(
      PodMachine machine, Resolution resolution, Moment moment, List<Tell> tells) {
    if (!(machine.state() instanceof PodState.Resolving(Tries tries, boolean outdated))) {
      return machine;
    }
    PodTimings timings = moment.timings();
    return machine.withState(
        switch (resolution) {
          case Resolution.Resolved resolved -> {
            resolved.warnings().forEach(w -> tells.add(Tell.warning(w.reason(), w.message())));
            yield new PodState.Creating(resolved.spec(), moment.now(), tries.resolved());
          }
          case Resolution.Waiting _ when outdated -> new PodState.Resolving(tries);
          case Resolution.Waiting waiting -> {
            tells.add(Tell.warning(waiting.eventReason(), waiting.eventMessage()));
            yield retry(
                machine,
                timings.resolveAgain(),
                tries.resolving(),
                tries.resolvingFailed(),
                Optional.empty(),
                new Trouble.Waiting(waiting.container(), waiting.reason(), waiting.message()),
                moment);
          }
          case Resolution.Refused(String reason, String message) -> {
            tells.add(Tell.warning("FailedCreate", message));
            yield retry(
                machine,
                timings.refused(),
                tries.resolving(),
                tries.resolvingFailed(),
                Optional.empty(),
                machine.facts().notCreated(reason, message),
                moment);
          }
          case Resolution.Retry _ ->
              new PodState.Retrying(
                  Pauses.after(
                      timings.apiServer(),
                      tries.resolving(),
                      Optional.empty(),
                      machine.facts().ref(),
                      moment.now()),
                  tries.resolvingFailed(),
                  Optional.empty(),
                  Optional.empty(),
                  false);
        });
  }

  static PodMachine created(PodMachine machine, PodInput.Created created, List<Tell> tells) {
    Instance instance = created.instance();
    boolean isNews = created.created() && machine.state() instanceof PodState.Creating;
    if (isNews) {
      tells.add(Telling.created(instance));
    }
    return machine.withCloud(machine.facts().cloud().answered(instance));
  }

  static PodMachine failed(
      PodMachine machine, CloudFailure failure, Moment moment, List<Tell> tells) {
    CreateVerdict verdict = CreateVerdict.of(failure);
    PodMachine heard = machine.withCloud(afterFailure(machine.facts().cloud(), verdict));
    if (!(machine.state() instanceof PodState.Creating creating)) {
      return heard;
    }
    PodTimings timings = moment.timings();
    Tries tries = creating.tries().creatingFailed();
    int failures = creating.tries().creating();
    return heard.withState(
        switch (verdict) {
          case CreateVerdict.Throttled() -> creating;
          case CreateVerdict.Repeat _ -> {
            boolean isLasting = failures >= SILENT_REPETITIONS;
            if (isLasting) {
              tells.add(Tell.warning("FailedCreate", failure.message()));
            }
            yield new PodState.Retrying(
                Pauses.after(
                    timings.createUnknown(),
                    failures,
                    failure.retryAfter(),
                    machine.facts().ref(),
                    moment.now()),
                tries,
                isLasting
                    ? Optional.of(new Trouble.NotCreated("UnknownError", failure.message()))
                    : Optional.empty(),
                Optional.of(new PodState.Creating(creating.spec(), creating.resolvedAt(), tries)),
                false);
          }
          // The instance of that attempt may have run to its end unseen: look before another.
          case CreateVerdict.Spent _ ->
              new PodState.Locating(
                  Optional.of(new PodState.Creating(creating.spec(), creating.resolvedAt(), tries)),
                  failures == 0
                      ? moment.now()
                      : moment
                          .now()
                          .plus(
                              timings.createUnknown().pause(failures, machine.facts().ref().uid())),
                  tries,
                  0);
          case CreateVerdict.Refused refused -> {
            tells.add(Tell.warning(refused.eventReason(), refused.message()));
            yield retry(
                machine,
                backoff(refused.pause(), timings),
                failures,
                tries,
                failure.retryAfter(),
                machine.facts().notCreated(refused.conditionReason(), refused.message()),
                moment);
          }
          case CreateVerdict.NoImage(String message) -> {
            tells.add(Tell.warning("Failed", "Failed to pull image: " + message));
            yield retry(
                machine,
                timings.needsHuman(),
                failures,
                tries,
                failure.retryAfter(),
                new Trouble.Waiting("", "ErrImagePull", message),
                moment);
          }
        });
  }

  static PodMachine found(PodMachine machine, Optional<Instance> instance, Moment moment) {
    if (!(machine.state() instanceof PodState.Locating locating)) {
      return machine;
    }
    CloudSide cloud = machine.facts().cloud();
    CloudSide known = instance.map(cloud::answered).orElseGet(cloud::notFound);
    PodMachine heard = machine.withCloud(known);
    if (known.instance().isPresent()) {
      return heard.withState(new PodState.Running(moment.now(), locating.tries()));
    }
    return heard.withState(
        locating
            .then()
            .<PodState>map(then -> then)
            .orElseGet(() -> new PodState.Running(moment.now(), locating.tries())));
  }

  static PodMachine findFailed(PodMachine machine, CloudFailure failure, Moment moment) {
    return machine.state() instanceof PodState.Locating locating
        ? machine.withState(
            new PodState.Locating(
                locating.then(),
                Pauses.after(
                    moment.timings().cloud(),
                    locating.failures(),
                    failure.retryAfter(),
                    machine.facts().ref(),
                    moment.now()),
                locating.tries(),
                locating.failures() + 1))
        : machine;
  }

  private static CloudSide afterFailure(CloudSide cloud, CreateVerdict verdict) {
    return switch (verdict) {
      case CreateVerdict.Repeat(boolean unknown) ->
          unknown ? cloud.asked(CloudSide.Asked.UNKNOWN) : cloud.nothingMade();
      case CreateVerdict.Spent(Optional<Integer> next) ->
          // Something of an attempt before may be there.
          cloud
              .asked(CloudSide.Asked.UNKNOWN)
              .spentUpTo(next.map(n -> n - 1).orElse(CloudSide.FOR_EVER));
      case CreateVerdict.Throttled(), CreateVerdict.Refused _, CreateVerdict.NoImage _ ->
          cloud.nothingMade();
    };
  }

  private static PodState retry(
      PodMachine machine,
      Backoff backoff,
      int failures,
      Tries tries,
      Optional<Duration> retryAfter,
      Trouble trouble,
      Moment moment) {
    Instant until =
        Pauses.after(backoff, failures, retryAfter, machine.facts().ref(), moment.now());
    return new PodState.Retrying(until, tries, Optional.of(trouble), Optional.empty(), true);
  }

  private static Backoff backoff(CreateVerdict.Pause pause, PodTimings timings) {
    return switch (pause) {
      case NO_STOCK -> timings.noStock();
      case NEEDS_HUMAN -> timings.needsHuman();
      case FINAL -> timings.refused();
    };
  }
}
