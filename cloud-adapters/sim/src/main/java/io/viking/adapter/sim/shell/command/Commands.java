package io.viking.adapter.sim.shell.command;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The commands by their names. */
public final class Commands {
  private static final Map<String, Command> BY_NAME =
      Map.ofEntries(
          Map.entry("[", new TestFile()),
          Map.entry("cat", new Cat()),
          Map.entry("date", new Date()),
          Map.entry("echo", new Echo()),
          Map.entry("env", new Environment()),
          Map.entry("false", call -> 1),
          Map.entry("head", new Head()),
          Map.entry("hostname", Commands::hostname),
          Map.entry("ls", new ListFiles()),
          Map.entry("mkdir", new MakeDirectory()),
          Map.entry("printenv", new Environment()),
          Map.entry("pwd", Commands::workingDirectory),
          Map.entry("rm", new Remove()),
          Map.entry("sleep", new Sleep()),
          Map.entry("stty", new TerminalSettings()),
          Map.entry("tail", new Tail()),
          Map.entry("tar", new Tar()),
          Map.entry("test", new TestFile()),
          Map.entry("true", call -> 0),
          Map.entry("wc", new WordCount()));

  private Commands() {}

  /** The command of that name or path: {@code /bin/ls} is {@code ls}. */
  public static Optional<Command> find(String name) {
    String base = name.startsWith("/") ? name.substring(name.lastIndexOf('/') + 1) : name;
    return Optional.ofNullable(BY_NAME.get(base));
  }

  public static SequencedSet<String> names() {
    return new TreeSet<>(new TreeMap<>(BY_NAME).keySet());
  }

  private static int hostname(Invocation call) throws java.io.IOException, InterruptedException {
    call.streams().out().print(call.container().hostname() + "\n");
    return 0;
  }

  private static int workingDirectory(Invocation call)
      throws java.io.IOException, InterruptedException {
    call.streams().out().print(call.directory() + "\n");
    return 0;
  }
}
