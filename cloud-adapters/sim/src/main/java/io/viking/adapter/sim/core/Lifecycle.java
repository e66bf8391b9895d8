package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.core.SimInstance.NEVER;

import io.viking.adapter.sim.core.ContainerLife.Step;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.ContainerKind;
import io.viking.adapter.sim.state.RestartPolicy;
import io.viking.cloud.v1.InstancePhase;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How an instance lives: address, then init containers one after the other (a sidecar holds the
 * next only until it has started), then the app containers side by side, each pulled, started, run,
 * and restarted as its policy says, in the kubelet's rhythm; and how it ends.
 *
 * <p>Everything happens at its due time, whenever {@link #step} is called: time is what it is told.
 */
final class Lifecycle {
  /** How long "ErrImagePull" stands before it becomes "ImagePullBackOff". */
  private static final long PULL_FAILURE_SHOWN = 2_000;

  private static final int KILLED = 137;

  /** Of work that SIGTERM cuts short. */
  private static final int TERMINATED = 143;

  private final SimProfile profile;
  private final RandomGenerator random;
  private final Ledger ledger;
  private final Belongings belongings;

  Lifecycle(SimProfile profile, RandomGenerator random, Ledger ledger, Belongings belongings) {
    this.profile = profile;
    this.random = random;
    this.ledger = ledger;
    this.belongings = belongings;
  }

  /** Does all that is due at that time; true if anything that a caller can see has changed. */
  boolean step(SimInstance instance, long now) {
    if (!instance.live()) {
      return false;
    }
    boolean changed = false;
    if (instance.reclaim != 0 && instance.reclaim <= now) {
      takeBack(instance, now);
      return true;
    }
    if (instance.sandboxReady == 0 && instance.sandboxDue <= now && !instance.stopping()) {
      instance.sandboxReady = now;
      ledger.billed(instance, now);
      changed = true;
    }
    boolean progress = instance.sandboxReady != 0;
    while (progress && instance.live()) {
      progress = false;
      for (ContainerLife container : instance.containers) {
        if (container.due <= now) {
          fire(instance, container, now);
          progress = true;
        }
      }
      progress |= sequence(instance, now);
      changed |= progress;
    }
    return changed;
  }

  /** SIGTERM now, SIGKILL at the end of the grace period. A second call can only shorten it. */
  void stop(SimInstance instance, long now, long graceMillis) {
    long kill = now + graceMillis;
    if (instance.stopping()) {
      instance.kill = Math.min(instance.kill, kill);
    } else {
      instance.stopped = now;
      instance.kill = kill;
      instance.containers.forEach(container -> settle(instance, container, now));
    }
    for (ContainerLife container : instance.containers) {
      if (container.running() && container.signalled) {
        killBy(container, instance.kill, now);
      }
    }
    if (instance.sandboxReady == 0) {
      end(instance, now);
    } else {
      step(instance, now);
    }
  }

  /** The cloud wants a spot instance back: it says so, and takes it when the notice is over. */
  void ask(SimInstance instance, long now) {
    instance.reclaimAsked = now;
    instance.reclaim = now + profile.spot().noticeMillis();
  }

  /** At the stop signal: what runs is told, what waits never starts. */
  private static void settle(SimInstance instance, ContainerLife container, long now) {
    if (container.running()) {
      if (!container.is(ContainerKind.SIDECAR)) {
        signal(instance, container, now);
      }
    } else if (container.step != Step.EXITED) {
      container.move(container.current.isPresent() ? Step.EXITED : Step.IDLE, NEVER);
    }
  }

  private static void signal(SimInstance instance, ContainerLife container, long now) {
    container.signalled = true;
    container.current =
        container.current.map(
            run -> {
              long end = now + instance.order.getStopMillis();
              int code = run.end() == NEVER ? 0 : TERMINATED;
              return end < run.end() ? run.ending(end, code) : run;
            });
    killBy(container, instance.kill, now);
  }

  private static void killBy(ContainerLife container, long kill, long now) {
    container.current =
        container.current.map(
            run -> run.end() > kill ? run.ending(Math.max(kill, now), KILLED) : run);
    container.dueNext(now);
  }

  private void fire(SimInstance instance, ContainerLife container, long now) {
    switch (container.step) {
      case PULLING -> pulled(instance, container, now);
      case PULL_FAILED ->
          container.move(
              Step.PULL_BACK_OFF,
              now + BackOff.ofPullFailures(container.pullFailures) - PULL_FAILURE_SHOWN);
      case PULL_BACK_OFF -> pull(instance, container, now);
      case STARTING -> start(instance, container, now);
      case CRASH_BACK_OFF ->
          container.move(Step.STARTING, now + profile.latency().start().draw(random));
      case RUNNING -> {
        if (container.current.filter(run -> run.end() <= now).isPresent()) {
          exit(instance, container, now);
        } else {
          container.dueNext(now);
        }
      }
      case IDLE, EXITED -> container.due = NEVER;
    }
  }

  private void pull(SimInstance instance, ContainerLife container, long now) {
    boolean cached = instance.zone.hasImage(container.order.getImage());
    var span = cached ? profile.latency().cachedPull() : profile.latency().pull();
    container.move(Step.PULLING, now + span.draw(random));
  }

  private void pulled(SimInstance instance, ContainerLife container, long now) {
    if (container.order.getMissingImage()) {
      container.pullFailures++;
      container.move(Step.PULL_FAILED, now + PULL_FAILURE_SHOWN);
      return;
    }
    instance.zone.remember(container.order.getImage());
    container.move(Step.STARTING, now + profile.latency().start().draw(random));
  }

  private void start(SimInstance instance, ContainerLife container, long now) {
    container.last = container.current;
    belongings.started(instance, container);
    int number = container.last.map(ContainerRun::number).orElse(0) + 1;
    container.restarts = number - 1;
    long run = container.order.getRunMillis();
    container.current =
        Optional.of(
            new ContainerRun(
                number, now, run < 0 ? NEVER : now + run, container.order.getExitCode()));
    container.startedDue = now + Math.max(0, container.order.getStartupDelayMillis());
    container.readyDue =
        Math.max(
            container.startedDue, now + Math.max(0, container.order.getReadinessDelayMillis()));
    container.move(Step.RUNNING, NEVER);
    container.dueNext(now);
    if (instance.started == 0) {
      instance.started = now;
    }
    if (container.is(ContainerKind.APP)) {
      instance.phase = InstancePhase.INSTANCE_PHASE_RUNNING;
    }
  }

  private static void exit(SimInstance instance, ContainerLife container, long now) {
    ContainerRun run = container.current.orElseThrow();
    if (instance.stopping() || container.signalled || !restarts(instance, container, run)) {
      container.move(Step.EXITED, NEVER);
      return;
    }
    if (now - run.start() >= BackOff.FORGIVEN_AFTER) {
      container.crashes = 0;
    }
    container.crashes++;
    container.move(Step.CRASH_BACK_OFF, now + BackOff.ofCrashes(container.crashes));
  }

  private static boolean restarts(SimInstance instance, ContainerLife container, ContainerRun run) {
    RestartPolicy policy = instance.order.getRestartPolicy();
    return switch (container.order.getKind()) {
      case SIDECAR -> true;
      case INIT -> run.exitCode() != 0 && policy != RestartPolicy.NEVER;
      case APP, UNRECOGNIZED ->
          policy == RestartPolicy.ALWAYS
              || (policy == RestartPolicy.ON_FAILURE && run.exitCode() != 0);
    };
  }

  /** Lets the next ones begin, or the last ones end; true if it did something. */
  private boolean sequence(SimInstance instance, long now) {
    return (instance.stopping() || finished(instance))
        ? wind(instance, now)
        : unfold(instance, now);
  }

  /** All app containers are done for good, or an init container has failed for good. */
  private static boolean finished(SimInstance instance) {
    boolean appsDone = true;
    for (ContainerLife container : instance.containers) {
      if (container.is(ContainerKind.INIT)
          && container.step == Step.EXITED
          && !container.exitedWell()) {
        return true;
      }
      appsDone &= !container.is(ContainerKind.APP) || container.step == Step.EXITED;
    }
    return appsDone;
  }

  private boolean unfold(SimInstance instance, long now) {
    boolean begun = false;
    for (ContainerLife container : instance.containers) {
      if (container.step == Step.IDLE) {
        pull(instance, container, now);
        begun = true;
      }
      if (holdsTheNext(container, now)) {
        return begun;
      }
    }
    return begun;
  }

  private static boolean holdsTheNext(ContainerLife container, long now) {
    return switch (container.order.getKind()) {
      case INIT -> !container.exitedWell();
      case SIDECAR ->
          container.current.isEmpty() || (container.restarts == 0 && container.startedDue > now);
      case APP, UNRECOGNIZED -> false;
    };
  }

  /** Sidecars stop when all others have, the last one first. */
  private boolean wind(SimInstance instance, long now) {
    for (ContainerLife container : instance.containers.reversed()) {
      if (!container.running()) {
        if (container.step != Step.EXITED && container.step != Step.IDLE) {
          settle(instance, container, now);
        }
        continue;
      }
      if (!container.is(ContainerKind.SIDECAR)) {
        // App containers stand behind all sidecars in the order, so they are met first.
        return false;
      }
      if (container.signalled) {
        return false;
      }
      if (instance.containers.stream()
          .anyMatch(other -> other.running() && !other.is(ContainerKind.SIDECAR))) {
        return false;
      }
      if (instance.kill == 0) {
        instance.kill = now + instance.order.getGraceMillis();
      }
      signal(instance, container, now);
      return true;
    }
    end(instance, now);
    return true;
  }

  private void takeBack(SimInstance instance, long now) {
    for (ContainerLife container : instance.containers) {
      if (container.running()) {
        container.current = container.current.map(run -> run.ending(now, KILLED));
        container.move(Step.EXITED, NEVER);
      } else {
        settle(instance, container, now);
      }
    }
    end(instance, now);
    instance.phase = InstancePhase.INSTANCE_PHASE_FAILED;
    instance.reason = "SpotReclaimed";
    instance.message = "the cloud took the spot instance back";
  }

  private void end(SimInstance instance, long now) {
    ledger.ended(instance, now);
    belongings.ended(instance);
    instance.ended = now;
    boolean well =
        instance.containers.stream().allMatch(c -> !c.is(ContainerKind.APP) || c.exitedWell());
    instance.phase =
        well ? InstancePhase.INSTANCE_PHASE_SUCCEEDED : InstancePhase.INSTANCE_PHASE_FAILED;
    if (!well && instance.started == 0) {
      instance.reason = "Deleted";
      instance.message = "deleted before a container had started";
    }
  }
}
