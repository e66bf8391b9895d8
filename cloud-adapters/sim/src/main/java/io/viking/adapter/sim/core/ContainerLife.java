package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.core.SimInstance.NEVER;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.state.ContainerKind;
import io.viking.adapter.sim.state.ContainerOrder;
import io.viking.adapter.sim.state.ContainerState;
import java.util.Optional;

/**
 * Where a container stands, and when it moves next by itself. Mutated by {@link Lifecycle} only.
 */
final class ContainerLife {
  /** Saved by number: never renumbered. */
  enum Step {
    IDLE(0),
    PULLING(1),
    PULL_FAILED(2),
    PULL_BACK_OFF(3),
    STARTING(4),
    RUNNING(5),
    CRASH_BACK_OFF(6),
    EXITED(7);

    private final int number;

    Step(int number) {
      this.number = number;
    }

    private static Step of(int number) {
      for (Step step : STEPS) {
        if (step.number == number) {
          return step;
        }
      }
      throw new SnapshotException("a container stands at step " + number + ", which is unknown");
    }
  }

  private static final Step[] STEPS = Step.values();

  final ContainerOrder order;
  Step step = Step.IDLE;

  /** NEVER: only something else can move it. */
  long due = NEVER;

  int pullFailures;
  int restarts;

  /** Exits in a row that were followed by a restart; sets the back-off. */
  int crashes;

  Optional<ContainerRun> current = Optional.empty();
  Optional<ContainerRun> last = Optional.empty();
  long startedDue;
  long readyDue;

  /** SIGTERM was sent: it does not start again. */
  boolean signalled;

  /** A Files, those of its start; empty: it mounts no parts of volumes. */
  ByteString files = ByteString.EMPTY;

  ContainerLife(ContainerOrder order) {
    this.order = order;
  }

  boolean is(ContainerKind kind) {
    return order.getKind() == kind;
  }

  boolean running() {
    return step == Step.RUNNING;
  }

  boolean exitedWell() {
    return step == Step.EXITED && current.filter(run -> run.exitCode() == 0).isPresent();
  }

  void move(Step next, long at) {
    step = next;
    due = at;
  }

  /** For a running one: its end, or the next probe to pass. */
  void dueNext(long now) {
    due = current.map(ContainerRun::end).orElse(NEVER);
    if (startedDue > now) {
      due = Math.min(due, startedDue);
    }
    if (readyDue > now) {
      due = Math.min(due, readyDue);
    }
  }

  ContainerState save() {
    ContainerState.Builder state =
        ContainerState.newBuilder()
            .setStep(step.number)
            .setDue(due)
            .setPullFailures(pullFailures)
            .setRestarts(restarts)
            .setCrashes(crashes)
            .setStartedDue(startedDue)
            .setReadyDue(readyDue)
            .setSignalled(signalled)
            .setFiles(files);
    current.ifPresent(run -> state.setCurrent(run.save()));
    last.ifPresent(run -> state.setLast(run.save()));
    return state.build();
  }

  void restore(ContainerState state) {
    step = Step.of(state.getStep());
    due = state.getDue();
    pullFailures = (int) state.getPullFailures();
    restarts = state.getRestarts();
    crashes = state.getCrashes();
    startedDue = state.getStartedDue();
    readyDue = state.getReadyDue();
    signalled = state.getSignalled();
    files = state.getFiles();
    if (state.hasCurrent()) {
      current = Optional.of(ContainerRun.restore(state.getCurrent()));
    }
    if (state.hasLast()) {
      last = Optional.of(ContainerRun.restore(state.getLast()));
    }
  }
}
