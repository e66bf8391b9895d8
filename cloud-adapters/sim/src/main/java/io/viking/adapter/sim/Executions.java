package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Inlet;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.shell.Shell;
import io.viking.cloud.v1.ExecExit;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import io.viking.cloud.v1.ReadLogsRequest;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Commands in simulated containers, and the containers' own output. Two virtual threads serve a
 * call: one plays the command, one takes what the caller sends.
 */
final class Executions {
  private final Sandboxes sandboxes;
  private final LogReader logs;
  private final Executor executor;

  Executions(Sandboxes sandboxes, LogReader logs, Executor executor) {
    this.sandboxes = sandboxes;
    this.logs = logs;
    this.executor = executor;
  }

  /** Plays a command; see {@link Shell}. */
  void exec(Inlet<ExecRequest> inlet, Outlet<ExecResponse> outlet) throws InterruptedException {
    ExecStart start = start(inlet);
    if (start.getCommandCount() == 0) {
      throw Failures.exception(
          Failures.invalid("start.command", "[]", "name a command and its arguments"));
    }
    ExecStreams streams = new ExecStreams(start, outlet);
    try (Sandbox.Visit visit = enter(start, streams);
        var _ = streams.serve(inlet, executor)) {
      Shell shell =
          new Shell(visit.container(), streams.streams(), streams.terminal(), streams.signals());
      end(outlet, shell.run(start.getCommandList()));
    }
  }

  /** Joins the log of a container from now on. What is typed is taken and dropped. */
  void attach(Inlet<ExecRequest> inlet, Outlet<ExecResponse> outlet) throws InterruptedException {
    ExecStart start = start(inlet);
    ExecStreams streams = new ExecStreams(start, outlet);
    LogReader.Reading reading;
    try (Sandbox.Visit ignored = enter(start, streams)) {
      // The visit only finds out whether the container runs; the log tells by itself how it ends.
      reading =
          logs.begin(
              ReadLogsRequest.newBuilder()
                  .setClusterId(start.getClusterId())
                  .setUid(start.getUid())
                  .setContainer(start.getContainer())
                  .setFollow(true)
                  .setTailLines(0)
                  .build());
    }
    try (var _ = streams.drain(inlet, executor)) {
      end(outlet, reading.writeTo(streams::writeOut));
    }
  }

  private Sandbox.Visit enter(ExecStart start, ExecStreams streams) {
    return sandboxes.enter(
        Scope.require(start.getClusterId()),
        start.getUid(),
        start.getContainer(),
        streams.signals());
  }

  private static ExecStart start(Inlet<ExecRequest> inlet) throws InterruptedException {
    Optional<ExecRequest> first = inlet.next();
    if (first.filter(ExecRequest::hasStart).isEmpty()) {
      throw Failures.exception(
          Failures.invalid(
              "message",
              first.map(m -> m.getMessageCase().toString()).orElse("end of the call"),
              "send start first"));
    }
    return first.get().getStart();
  }

  private static void end(Outlet<ExecResponse> outlet, int code) throws InterruptedException {
    outlet.send(ExecResponse.newBuilder().setExit(ExecExit.newBuilder().setExitCode(code)).build());
  }
}
