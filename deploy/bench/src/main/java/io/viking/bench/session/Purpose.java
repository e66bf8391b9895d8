package io.viking.bench.session;

/** What a namespace of a benchmark is for; the end of its name. */
public enum Purpose {
  STORM("storm"),
  /** Nobody but the benchmark itself stops the pods in it. */
  FLOOR("floor");

  private final String word;

  Purpose(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  boolean isOf(String namespace) {
    return namespace.endsWith("-" + word);
  }
}
