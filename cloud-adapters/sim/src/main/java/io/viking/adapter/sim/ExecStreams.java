package io.viking.adapter.sim;

import com.google.protobuf.ByteString;
import io.viking.adapter.kit.stream.Inlet;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Pipe;
import io.viking.adapter.sim.shell.io.Signals;
import io.viking.adapter.sim.shell.io.Sink;
import io.viking.adapter.sim.shell.io.Source;
import io.viking.adapter.sim.shell.io.Streams;
import io.viking.adapter.sim.shell.io.Terminal;
import io.viking.cloud.v1.ExecExit;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.ExecStart;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The streams of one exec or attach, between the messages of the contract and a command. */
final class ExecStreams {
  private static final int MESSAGE_BYTES = 64 << 10;

  private final ExecStart start;
  private final Outlet<ExecResponse> outlet;
  private final Signals signals = new Signals();
  private final Pipe stdin = new Pipe();
  private final Optional<Terminal> terminal;
  private final Sink out;
  private final Sink err;

  /** Parts of a pipeline may write at once, and a terminal while a command does. */
  private final ReentrantLock sending = new ReentrantLock();

  /** Guarded by sending: what is written now nobody waits for, and it must not follow the exit. */
  private boolean over;

  ExecStreams(ExecStart start, Outlet<ExecResponse> outlet) {
    this.start = start;
    this.outlet = outlet;
    Sink stdout =
        start.getStdout()
            ? bytes -> send(bytes, piece -> ExecResponse.newBuilder().setStdout(piece).build())
            : Sink.NOWHERE;
    this.terminal = start.getTty() ? Optional.of(new Terminal(stdout, signals)) : Optional.empty();
    this.out = terminal.map(Terminal::output).orElse(stdout);
    this.err =
        terminal.isPresent()
            ? out
            : start.getStderr()
                ? bytes -> send(bytes, piece -> ExecResponse.newBuilder().setStderr(piece).build())
                : Sink.NOWHERE;
  }

  Signals signals() {
    return signals;
  }

  Optional<Terminal> terminal() {
    return terminal;
  }

  Streams streams() {
    Source in = start.getStdin() ? terminal.map(Terminal::lines).orElse(stdin) : Source.NOTHING;
    return new Streams(new Input(in), out, err);
  }

  /** For what cannot go on after a failure. */
  void writeOut(ByteString bytes) throws InterruptedException {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("The streams of a call have no errors of their own", e);
    }
  }

  /** Tells how the command ended; nothing is sent any more. */
  void exit(int code) throws InterruptedException {
    sending.lockInterruptibly();
    try {
      over = true;
      outlet.send(
          ExecResponse.newBuilder().setExit(ExecExit.newBuilder().setExitCode(code)).build());
    } finally {
      sending.unlock();
    }
  }

  /** Takes what the caller sends, until closed; nothing of it is shown after that. */
  interface Service extends AutoCloseable {
    @Override
    void close();
  }

  /** Hands on what the caller sends, no faster than it is read. */
  Service serve(Inlet<ExecRequest> inlet, Executor executor) {
    return begin(executor, () -> handOn(inlet));
  }

  /** Takes what the caller sends and drops it. */
  Service drain(Inlet<ExecRequest> inlet, Executor executor) {
    return begin(
        executor,
        () -> {
          while (inlet.next().isPresent()) {
            // nobody reads it
          }
        });
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private Service begin(Executor executor, Work work) {
    Signals stop = new Signals();
    executor.execute(
        () -> {
          stop.play();
          try {
            work.run();
          } catch (InterruptedException | IOException e) {
            // the command has ended: what is sent now nobody reads
          } finally {
            stop.over();
          }
        });
    return () -> {
      stop.kill();
      sending.lock();
      try {
        over = true;
      } finally {
        sending.unlock();
      }
    };
  }

  private void handOn(Inlet<ExecRequest> inlet) throws IOException, InterruptedException {
    for (Optional<ExecRequest> next = inlet.next(); next.isPresent(); next = inlet.next()) {
      ExecRequest message = next.get();
      switch (message.getMessageCase()) {
        case STDIN -> {
          if (terminal.isPresent()) {
            terminal.get().type(message.getStdin());
          } else if (start.getStdin()) {
            stdin.write(message.getStdin());
          }
        }
        case STDIN_EOF -> {
          if (terminal.isPresent()) {
            terminal.get().hangUp();
          } else {
            stdin.end();
          }
        }
        case RESIZE ->
            terminal.ifPresent(
                t ->
                    t.resize(
                        new Terminal.Size(
                            message.getResize().getWidth(), message.getResize().getHeight())));
        case START, MESSAGE_NOT_SET -> {}
      }
    }
  }

  private void send(ByteString bytes, Function<ByteString, ExecResponse> message)
      throws InterruptedException {
    sending.lockInterruptibly();
    try {
      for (int from = 0; from < bytes.size() && !over; from += MESSAGE_BYTES) {
        outlet.send(
            message.apply(bytes.substring(from, Math.min(bytes.size(), from + MESSAGE_BYTES))));
      }
    } finally {
      sending.unlock();
    }
  }
}
