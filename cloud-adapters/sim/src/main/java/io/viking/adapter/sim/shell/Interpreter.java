package io.viking.adapter.sim.shell;

import io.viking.adapter.sim.files.FileStatus;
import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.shell.Script.Pipeline;
import io.viking.adapter.sim.shell.Script.Simple;
import io.viking.adapter.sim.shell.Script.Step;
import io.viking.adapter.sim.shell.command.Command;
import io.viking.adapter.sim.shell.command.Commands;
import io.viking.adapter.sim.shell.command.Invocation;
import io.viking.adapter.sim.shell.io.BrokenPipe;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Pipe;
import io.viking.adapter.sim.shell.io.Sink;
import io.viking.adapter.sim.shell.io.Streams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does what scripts say. One thread, but for the parts of a pipeline. */
final class Interpreter {
  private static final int MISUSED = 2;
  private static final int UNKNOWN = 127;
  private static final int BROKEN_PIPE = 141;

  /** Shells that run each other: a script may name itself. */
  private static final int MOST_NESTED = 32;

  private final Shell shell;

  Interpreter(Shell shell) {
    this.shell = shell;
  }

  /** Runs a command whose words are known. */
  int call(List<String> words, State state, Streams streams)
      throws ShellExit, InterruptedException {
    String name = words.getFirst();
    List<String> arguments = words.subList(1, words.size());
    try {
      return switch (name) {
        case "sh", "/bin/sh", "ash", "/bin/ash", "bash", "/bin/bash" ->
            shell(arguments, state.nested(), streams);
        case "exit" -> throw new ShellExit(exitCode(arguments, state));
        case "cd" -> changeDirectory(arguments, state);
        case "export" -> export(arguments, state);
        case "unset" -> {
          arguments.forEach(state::unset);
          yield 0;
        }
        default -> {
          Optional<Command> command = Commands.find(name);
          yield command.isPresent()
              ? command.get().run(invocation(arguments, state, streams))
              : unknown(name, streams);
        }
      };
    } catch (BrokenPipe e) {
      return BROKEN_PIPE;
    } catch (IOException e) {
      return complain(name + ": " + e.getMessage(), streams, 1);
    }
  }

  private Invocation invocation(List<String> arguments, State state, Streams streams) {
    return new Invocation(
        List.copyOf(arguments),
        state.directory,
        state.variables(),
        streams,
        shell.container(),
        shell.terminal());
  }

  /** {@code sh}: of a text, of a file, or line by line of its input. */
  private int shell(List<String> arguments, State state, Streams streams)
      throws IOException, InterruptedException {
    if (state.depth > MOST_NESTED) {
      return complain("sh: more than " + MOST_NESTED + " shells run each other", streams, MISUSED);
    }
    try {
      if (arguments.isEmpty() || arguments.getFirst().matches("-[il]+|-")) {
        return lines(state, streams);
      }
      String first = arguments.getFirst();
      if (!first.matches("-[elux]*c")) {
        if (first.startsWith("-")) {
          return complain("sh: option " + first + " is not simulated: it has -c", streams, MISUSED);
        }
        FileTree files = shell.container().files();
        String text = files.read(FileTree.absolute(state.directory, first)).toStringUtf8();
        return script(text, state, streams);
      }
      if (arguments.size() < 2) {
        return complain("sh: -c requires an argument", streams, MISUSED);
      }
      return script(arguments.get(1), state, streams);
    } catch (ShellExit exit) {
      return exit.code();
    }
  }

  /** At a terminal with a prompt, and an interrupt ends the line and not the shell. */
  private int lines(State state, Streams streams)
      throws IOException, ShellExit, InterruptedException {
    boolean prompts = shell.terminal().isPresent() && streams.in() == shell.streams().in();
    while (true) {
      try {
        if (prompts) {
          streams.err().print(state.directory + " # ");
        }
        Optional<String> line = streams.in().line();
        if (line.isEmpty()) {
          return state.lastExit;
        }
        state.lastExit = script(line.get(), state, streams);
      } catch (InterruptedException e) {
        if (!prompts || shell.signals().killed() || !shell.signals().taken()) {
          throw e;
        }
        state.lastExit = Shell.INTERRUPTED;
      }
    }
  }

  private int script(String text, State state, Streams streams)
      throws ShellExit, InterruptedException {
    Script script;
    try {
      script = Parser.parse(text);
    } catch (SyntaxError e) {
      return complain("sh: " + e.getMessage(), streams, MISUSED);
    }
    for (Step step : script.steps()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted between commands");
      }
      boolean due =
          switch (step.condition()) {
            case ALWAYS -> true;
            case AFTER_SUCCESS -> state.lastExit == 0;
            case AFTER_FAILURE -> state.lastExit != 0;
          };
      if (due) {
        int exit = pipeline(step.pipeline(), state, streams);
        state.lastExit = !step.pipeline().negated() ? exit : exit == 0 ? 1 : 0;
      }
    }
    return state.lastExit;
  }

  private int pipeline(Pipeline pipeline, State state, Streams streams)
      throws ShellExit, InterruptedException {
    List<Simple> commands = pipeline.commands();
    if (commands.size() == 1) {
      return simple(commands.getFirst(), state, streams);
    }
    List<Callable<Integer>> parts = new ArrayList<>();
    Optional<Pipe> before = Optional.empty();
    for (int i = 0; i < commands.size(); i++) {
      Simple command = commands.get(i);
      Optional<Pipe> from = before;
      Optional<Pipe> to = i < commands.size() - 1 ? Optional.of(new Pipe()) : Optional.empty();
      Streams own =
          new Streams(
              from.map(Input::new).orElse(streams.in()),
              to.<Sink>map(pipe -> pipe).orElse(streams.out()),
              streams.err());
      parts.add(() -> part(command, state.copy(), own, from, to));
      before = to;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> exits = threads.invokeAll(parts);
      return exits.getLast().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A part of a pipeline failed", e.getCause());
    }
  }

  private int part(
      Simple command, State state, Streams streams, Optional<Pipe> from, Optional<Pipe> to)
      throws InterruptedException {
    try {
      return simple(command, state, streams);
    } catch (ShellExit exit) {
      return exit.code();
    } finally {
      from.ifPresent(Pipe::abandon);
      to.ifPresent(Pipe::end);
    }
  }

  private int simple(Simple command, State state, Streams streams)
      throws ShellExit, InterruptedException {
    Streams redirected;
    try {
      redirected =
          Redirections.apply(command.redirections(), shell.container().files(), state, streams);
    } catch (IOException e) {
      return complain("sh: " + e.getMessage(), streams, 1);
    }
    List<String> words =
        command.words().stream().flatMap(word -> word.words(state::value).stream()).toList();
    State own = words.isEmpty() ? state : state.copy();
    command.assignments().forEach(a -> own.set(a.name(), a.value().text(state::value)));
    if (words.isEmpty()) {
      return 0;
    }
    return call(words, command.assignments().isEmpty() ? state : own, redirected);
  }

  private static int exitCode(List<String> arguments, State state) throws IOException {
    if (arguments.isEmpty()) {
      return state.lastExit;
    }
    if (!arguments.getFirst().matches("[0-9]{1,9}")) {
      throw new IOException("Illegal number: " + arguments.getFirst());
    }
    return Integer.parseInt(arguments.getFirst()) & 0xff;
  }

  private int changeDirectory(List<String> arguments, State state) throws IOException {
    String operand = arguments.isEmpty() ? state.value("HOME") : arguments.getFirst();
    String path = FileTree.absolute(state.directory, operand);
    if (shell.container().files().status(path).filter(FileStatus::directory).isEmpty()) {
      throw new IOException("can't cd to " + operand + ": No such file or directory");
    }
    state.directory = path;
    state.set("PWD", path);
    return 0;
  }

  private static int export(List<String> arguments, State state) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0) {
        state.set(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
    return 0;
  }

  private static int unknown(String name, Streams streams) throws InterruptedException {
    SequencedSet<String> has = new TreeSet<>(Commands.names());
    has.add("sh");
    return complain(
        name
            + ": not found: this container is simulated and runs no programs; it has "
            + String.join(" ", has),
        streams,
        UNKNOWN);
  }

  private static int complain(String text, Streams streams, int exit) throws InterruptedException {
    try {
      streams.err().print(text + "\n");
    } catch (IOException e) {
      return BROKEN_PIPE;
    }
    return exit;
  }
}
