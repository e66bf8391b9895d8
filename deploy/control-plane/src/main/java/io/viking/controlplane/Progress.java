package io.viking.controlplane;

/**
 * Told what a start is doing, by one thread at a time. A step is announced once and may then
 * advance; the next step, or {@link #done}, ends it.
 */
public interface Progress {

  /** A new step, in words that follow "viking is": {@code starting etcd}. */
  void step(String what);

  /**
   * How far the current step is.
   *
   * @param detail what is at hand at this moment, such as a package; may be empty
   * @param done out of {@code total}
   * @param total the most there can be; 0 if unknown
   */
  void advance(String detail, int done, int total);

  /** Something that the user should read and keep, on a line of its own. */
  void note(String sentence);

  /** Nothing more follows. */
  default void done() {}

  /** Says nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void step(String what) {}

      @Override
      public void advance(String detail, int done, int total) {}

      @Override
      public void note(String sentence) {}
    };
  }
}
