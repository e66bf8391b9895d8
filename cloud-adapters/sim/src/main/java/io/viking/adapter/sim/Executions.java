package io.viking.adapter.sim;

import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Conversation;
import io.viking.adapter.kit.stream.Inlet;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.shell.Shell;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
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
    ExecStart start = Conversation.start(inlet, ExecRequest::hasStart, ExecRequest::getStart);
    if (start.getCommandCount() == 0) {
      throw Failures.exception(
          Failures.invalid("start.command", "[]", "name a command and its arguments"));
    }
    ExecStreams streams = new ExecStreams(start, outlet);
    try (Sandbox.Visit visit =
            sandboxes.enter(
                Scope.require(start.getClusterId()),
                start.getUid(),
                start.getContainer(),
                streams.signals());
        var _ = streams.serve(inlet, executor)) {
      Shell shell =
          new Shell(visit.container(), streams.streams(), streams.terminal(), streams.signals());
      streams.exit(shell.run(start.getCommandList()));
    }
  }

  /** Joins the log of a container from now on. What is typed is taken and dropped. */
  void attach(Inlet<ExecRequest> inlet, Outlet<ExecResponse> outlet) throws InterruptedException {
    ExecStart start = Conversation.start(inlet, ExecRequest::hasStart, ExecRequest::getStart);
    LogReader.Reading reading =
        logs.join(start.getClusterId(), start.getUid(), start.getContainer());
    ExecStreams streams = new ExecStreams(start, outlet);
    try (var _ = streams.drain(inlet, executor)) {
      streams.exit(reading.writeTo(streams::writeOut));
    }
  }
}
