package io.viking.adapter.sim.shell;

import java.util.Map;
import java.util.TreeMap;

/** What a shell remembers from command to command. Of one thread. */
final class State {
  private final Map<String, String> variables;
  String directory;
  int lastExit;

  /** How many shells run each other, this one included. */
  final int depth;

  /** Of a command that no shell runs. */
  State(Map<String, String> variables, String directory) {
    this(variables, directory, 0);
  }

  private State(Map<String, String> variables, String directory, int depth) {
    this.variables = new TreeMap<>(variables);
    this.directory = directory;
    this.depth = depth;
  }

  /** For a part of a pipeline, whose changes stay its own. */
  State copy() {
    return copy(depth);
  }

  /** For a shell that runs in this one, whose changes stay its own. */
  State nested() {
    return copy(depth + 1);
  }

  private State copy(int itsDepth) {
    State copy = new State(variables, directory, itsDepth);
    copy.lastExit = lastExit;
    return copy;
  }

  /** Empty if it is not set. */
  String value(String name) {
    return name.equals("?") ? Integer.toString(lastExit) : variables.getOrDefault(name, "");
  }

  void set(String name, String value) {
    variables.put(name, value);
  }

  void unset(String name) {
    variables.remove(name);
  }

  Map<String, String> variables() {
    return Map.copyOf(variables);
  }
}
