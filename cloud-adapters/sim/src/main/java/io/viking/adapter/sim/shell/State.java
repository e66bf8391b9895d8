package io.viking.adapter.sim.shell;

import java.util.Map;
import java.util.TreeMap;

/** What a shell remembers from command to command. Of one thread. */
final class State {
  private final Map<String, String> variables;
  String directory;
  int lastExit;

  State(Map<String, String> variables, String directory) {
    this.variables = new TreeMap<>(variables);
    this.directory = directory;
  }

  /** For a part of a pipeline, whose changes stay its own. */
  State copy() {
    State copy = new State(variables, directory);
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
