package io.viking.adapter.sim.shell;

import java.util.List;

/** What a text of the shell says to do. */
record Script(List<Step> steps) {

  /** When a pipeline runs. */
  enum Condition {
    ALWAYS,
    /** {@code &&}: the one before went well. */
    AFTER_SUCCESS,
    /** {@code ||}: it did not. */
    AFTER_FAILURE
  }

  record Step(Condition condition, Pipeline pipeline) {}

  /**
   * Commands side by side, each reading what the one before writes.
   *
   * @param negated {@code !} stands before it
   */
  record Pipeline(boolean negated, List<Simple> commands) {}

  /** {@code NAME=value … word … >file …}. */
  record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections) {}

  record Assignment(String name, Word value) {}

  /** Another place for one of the three streams. */
  sealed interface Redirection {
    /** {@code <file}. */
    record Read(Word file) implements Redirection {}

    /** {@code >file}, {@code 2>>file}. */
    record Write(int stream, Word file, boolean append) implements Redirection {}

    /** {@code 2>&1}: where the other one goes now. */
    record Join(int stream, int other) implements Redirection {}
  }
}
