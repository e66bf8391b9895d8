package io.viking.simulation.process;

import io.viking.kube.loop.EffectRunner;
import io.viking.kube.loop.LoopCore;
import io.viking.kube.loop.Step;
import io.viking.simulation.Timeline;
import io.viking.simulation.Trace;
import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A core and its runner, as a {@link io.viking.kube.loop.LoopShell} has them, in virtual time: what
 * arrives waits for the next step, timers come back, and each effect is a call that travels there
 * and back and may meet a fault on either way. The core and the runner are those of production.
 */
final class SimulatedLoop<E, F> {
  private static final long DEADLINE_MILLIS = 30_000;

  /** Lanes of effects that nobody answers and nothing depends on. */
  private static final Set<String> UNANSWERED = Set.of("tell", "announce", "answer");

  private final String name;
  private final Timeline time;
  private final Faults faults;
  private final Trace trace;
  private final Surroundings.Witness witness;
  private final LoopCore<E, F> core;
  private final EffectRunner<E, F> runner;
  private final Line line;
  private final Tampering<E, F> tampering;
  private List<E> inbox = new ArrayList<>();
  private boolean planned;
  private boolean dead;

  SimulatedLoop(
      String name,
      Surroundings around,
      LoopCore<E, F> core,
      EffectRunner<E, F> runner,
      Line line,
      Tampering<E, F> tampering) {
    this.name = name;
    this.time = around.time();
    this.faults = around.faults();
    this.trace = around.trace();
    this.witness = around.witness();
    this.core = core;
    this.runner = runner;
    this.line = line;
    this.tampering = tampering;
  }

  /** Ends it between two steps. Calls that are on their way may still arrive. */
  void kill() {
    dead = true;
    inbox = new ArrayList<>();
  }

  boolean isDead() {
    return dead;
  }

  void offer(List<E> events) {
    if (dead) {
      return;
    }
    for (E event : events) {
      trace.note(() -> name + " hears " + Words.of(event));
      inbox.addAll(tampering.hears(event));
    }
    if (!planned) {
      planned = true;
      time.after(faults.upTo(5), this::step);
    }
  }

  private void step() {
    planned = false;
    if (dead) {
      return;
    }
    List<E> events = inbox;
    inbox = new ArrayList<>();
    Step<E, F> step = core.step(events, time.instant());
    for (Step.Timer<E> timer : step.timers()) {
      if (tampering.keeps(timer.event())) {
        time.at(timer.at().toEpochMilli(), () -> offer(List.of(timer.event())));
      }
    }
    for (F effect : step.effects()) {
      for (F done : tampering.does(effect)) {
        start(done);
      }
    }
  }

  private void start(F effect) {
    if (UNANSWERED.contains(runner.lane(effect).name())) {
      return;
    }
    Optional<FaultKind> fault = faults.ofCall();
    trace.note(
        () ->
            name
                + " asks "
                + Words.of(effect)
                + fault.map(met -> "  [" + met.words() + "]").orElse(""));
    long there = 1 + faults.upTo(30);
    if (fault.isEmpty()) {
      time.after(there, () -> arrive(effect, Line.State.UP, 1 + faults.upTo(30)));
      return;
    }
    switch (fault.get()) {
      case REQUEST_LOST -> giveUp(effect, faults.isTrue() ? DEADLINE_MILLIS : there);
      case ANSWER_LOST -> {
        time.after(there, () -> run(effect, Line.State.UP));
        giveUp(effect, DEADLINE_MILLIS);
      }
      case REQUEST_LATE -> {
        giveUp(effect, DEADLINE_MILLIS);
        time.after(DEADLINE_MILLIS + faults.upTo(60_000), () -> run(effect, Line.State.UP));
      }
      case ANSWER_SLOW ->
          time.after(there, () -> arrive(effect, Line.State.UP, faults.upTo(25_000)));
      case DOUBLED -> doubled(effect, there);
      case BUSY -> time.after(there, () -> arrive(effect, Line.State.BUSY, there));
      case BROKEN -> time.after(there, () -> arrive(effect, Line.State.BROKEN, there));
      default -> throw new IllegalStateException("no fault of a call: " + fault.get());
    }
  }

  private void doubled(F effect, long there) {
    boolean firstAnswers = faults.isTrue();
    Runnable answering = () -> arrive(effect, Line.State.UP, 1 + faults.upTo(30));
    Runnable mute = () -> run(effect, Line.State.UP);
    time.after(there, firstAnswers ? answering : mute);
    time.after(there + faults.upTo(1000), firstAnswers ? mute : answering);
  }

  /** The caller hears that there was no answer. */
  private void giveUp(F effect, long after) {
    time.after(
        after,
        () -> {
          if (!dead) {
            run(effect, Line.State.CUT).ifPresent(this::offer);
          }
        });
  }

  private void arrive(F effect, Line.State met, long back) {
    run(effect, met).ifPresent(answer -> time.after(back, () -> offer(answer)));
  }

  /** The call itself, at its server; empty: it died with its process. */
  private Optional<List<E>> run(F effect, Line.State met) {
    if (!dead) {
      return Optional.of(line.in(met, () -> call(effect)));
    }
    if (faults.isTrue()) {
      return Optional.empty();
    }
    faults.count(FaultKind.CALL_OF_THE_DEAD);
    witness.dead();
    try {
      line.in(met, () -> call(effect));
    } finally {
      witness.alive();
    }
    return Optional.empty();
  }

  private List<E> call(F effect) {
    try {
      return runner.run(effect);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a simulation", e);
    }
  }
}
