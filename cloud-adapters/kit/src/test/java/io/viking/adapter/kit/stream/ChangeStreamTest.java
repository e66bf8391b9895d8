package io.viking.adapter.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.stream.ChangeLog.Read;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** In one thread: what the executor would run later is run when the test says so. */
class ChangeStreamTest {
  private record Answer(long revision, List<Change<String, String>> changes) {}

  private final ChangeLog<String, String> log = new ChangeLog<>(8, 100, String::length);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final FakeCaller<Answer> caller = new FakeCaller<>();

  @Test
  void stream_answersAtOnce_thoughNothingChanged() {
    serve(100);

    runTasks();

    assertThat(caller.received()).containsExactly(new Answer(100, List.of()));
  }

  @Test
  void append_reachesTheCaller_withoutBeingAsked() {
    serve(100);
    runTasks();

    log.append(Change.changed(101, "a", "a1"));
    runTasks();

    assertThat(caller.received().getLast())
        .isEqualTo(new Answer(101, List.of(Change.changed(101, "a", "a1"))));
  }

  @Test
  void caller_whoIsNotReady_isSentNothing_andThenTheLastStatesAndEveryRemoval() {
    serve(100);
    runTasks();
    caller.ready(false);
    log.append(Change.changed(101, "a", "a1"));
    log.append(Change.removed(102, "a", "a1"));
    log.append(Change.changed(103, "b", "b1"));
    log.append(Change.changed(104, "b", "b2"));
    runTasks();
    assertThat(caller.received()).hasSize(1);

    caller.ready(true);
    runTasks();

    assertThat(caller.received().getLast())
        .isEqualTo(
            new Answer(
                104, List.of(Change.removed(102, "a", "a1"), Change.changed(104, "b", "b2"))));
  }

  @Test
  void caller_whoFellBehindTheLog_isToldToListAgain_andForgotten() {
    serve(100);
    runTasks();
    caller.ready(false);
    for (int i = 1; i <= 20; i++) {
      log.append(Change.changed(100 + i, "key" + i, "value"));
    }

    caller.ready(true);
    runTasks();

    assertThat(CloudFailures.from(caller.failure().orElseThrow()).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_REVISION_TOO_OLD);
    log.append(Change.changed(200, "late", "value"));
    assertThat(tasks).as("work for a stream that has ended").isEmpty();
  }

  @Test
  void caller_whoseThingsDoNotChange_isToldTheRevisionNowAndThen() {
    ChangeStream.serve(log, 100, none -> false, Answer::new, caller, tasks::add);
    runTasks();
    for (int i = 1; i <= 6; i++) {
      log.append(Change.changed(100 + i, "a", "a" + i));
      runTasks();
    }

    assertThat(caller.received())
        .containsExactly(
            new Answer(100, List.of()), new Answer(103, List.of()), new Answer(106, List.of()));
  }

  @Test
  void caller_whoHasGone_costsNothingMore() {
    serve(100);
    runTasks();

    caller.cancel();
    log.append(Change.changed(101, "a", "a1"));

    assertThat(tasks).isEmpty();
    assertThat(caller.received()).hasSize(1);
  }

  @Test
  void answerThatCannotBeMade_endsTheStream() {
    ChangeStream.<String, String, Answer>serve(
        log,
        100,
        all -> true,
        (revision, changes) -> {
          throw Status.DATA_LOSS.asRuntimeException();
        },
        caller,
        tasks::add);
    runTasks();

    assertThat(caller.failure()).get().isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void manyAppends_beforeTheStreamRuns_areOneTask() {
    serve(100);
    List<Integer> waiting = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      log.append(Change.changed(100 + i, "key" + i, "value"));
      waiting.add(tasks.size());
    }
    runTasks();

    assertThat(waiting).containsOnly(1);
    assertThat(caller.received()).hasSize(1);
    assertThat(log.read(105, all -> true, 1)).isEqualTo(new Read.Changes<>(List.of(), 105, false));
  }

  private void serve(long since) {
    ChangeStream.serve(log, since, all -> true, Answer::new, caller, tasks::add);
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
